package dev.purser;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.purser.catalog.Sale;
import dev.purser.catalog.Till;
import dev.purser.journal.PaymentTables;
import dev.purser.journal.Purchases;
import dev.purser.lane.Ids;
import dev.purser.lane.Wallets;
import dev.purser.ops.Rounds;
import dev.purser.payments.GivenOnFollower;
import dev.purser.payments.PurchaseMeter;
import dev.purser.payments.StripeCalls;
import dev.purser.payments.StripeGaps;
import dev.purser.payments.StripeInbox;
import dev.purser.payments.StripePayouts;
import dev.purser.payments.StripeSettings;
import dev.purser.payments.StripeTill;
import dev.purser.payments.StripeWebhook;
import dev.purser.payments.WebhookMeter;
import dev.purser.sandbox.StripeStandIn;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** What has to do with Stripe, or in development mode, when no secret of Stripe's is set, with what stands in for it. */
final class PaymentParts {

    private static final Duration PAYOUTS_EVERY = Duration.ofSeconds(10);
    /** How soon what was set aside is free after its giver has repaid, which nobody tells of. */
    private static final Duration GIVEN_ON_EVERY = Duration.ofSeconds(30);

    private final Settings settings;
    private final Vertx vertx;
    private final PaymentTables tables;
    private final Wallets wallets;
    private final PurchaseMeter meter;
    private final GivenOnFollower givenOn;
    private final List<Rounds> rounds = new ArrayList<>();
    private StripeSettings stripe;
    private @Nullable StripeStandIn standIn;
    private @Nullable StripeCalls calls;
    private volatile boolean stopping;

    PaymentParts(Settings settings, Vertx vertx, PaymentTables tables, Wallets wallets, PurchaseMeter meter) {
        this.settings = settings;
        this.vertx = vertx;
        this.tables = tables;
        this.wallets = wallets;
        this.meter = meter;
        this.stripe = settings.stripe();
        this.givenOn = new GivenOnFollower(vertx, tables.givenOn(), wallets, Ids::next, stripe.givenOn());
    }

    Future<Void> start() {
        boolean unset = stripe.secretKey() == null && stripe.webhookSecrets().isEmpty();
        Future<Void> ready = unset && settings.mode() == Settings.Mode.DEV && settings.sandbox()
                ? StripeStandIn.start(vertx).map(started -> {
                    standIn = started;
                    stripe = stripe.at(URI.create(started.url()), StripeStandIn.KEY, started.webhookSecret());
                    return null;
                })
                : Future.succeededFuture();
        return ready.onSuccess(_ -> {
            String key = stripe.secretKey();
            calls = key == null ? null : new StripeCalls(vertx, stripe, key);
        });
    }

    /** Where something stands in for Stripe, if it does. */
    @Nullable
    String standInUrl() {
        return standIn == null ? null : standIn.url();
    }

    /** Where packs are bought; closed if there is no key of Stripe's. */
    Till till() {
        StripeCalls open = calls;
        return open == null
                ? _ -> Future.succeededFuture(new Sale.Closed())
                : new StripeTill(vertx, open, stripe.limits(), tables.purchases(), meter);
    }

    Purchases purchases() {
        return tables.purchases();
    }

    /** @param isWallet whether a wallet can have that id */
    StripeInbox inbox(Predicate<String> isWallet) {
        return new StripeInbox(stripe, settings.catalog(), isWallet, tables, wallets, calls, Ids::next, meter,
                givenOn);
    }

    StripeWebhook webhook(StripeInbox inbox, WebhookMeter webhookMeter) {
        return new StripeWebhook(vertx, stripe, inbox, InstantSource.system(), webhookMeter);
    }

    /**
     * Begins what is done beside buying and hearing of it, again and again.
     *
     * @param owned whether this node owns what has a name: of all nodes one does
     */
    void startRounds(StripeInbox inbox, Predicate<String> owned, WebhookMeter webhookMeter) {
        Predicate<String> mine = name -> !stopping && owned.test(name);
        StripeGaps gaps = new StripeGaps(inbox, tables, calls, stripe.upkeep().lookUpAfter(), mine,
                InstantSource.system(), webhookMeter);
        repeat("Looking for what Stripe has told in vain", stripe.upkeep().gapsEvery(), gaps::round);
        StripeCalls open = calls;
        if (open != null) {
            StripePayouts payouts = new StripePayouts(open, tables.payouts(), settings.earnings().currency(), mine);
            repeat("Sending payouts by Stripe", PAYOUTS_EVERY, payouts::round);
        }
        repeat("Looking after what was given on", GIVEN_ON_EVERY, () -> givenOn.round(mine));
    }

    private void repeat(String name, Duration pause, Supplier<Future<?>> round) {
        Rounds repeated = new Rounds(vertx, name, pause, round);
        rounds.add(repeated);
        repeated.start();
    }

    /** Those that are under way end soon. */
    Future<Void> stopRounds() {
        stopping = true;
        return Future.join(rounds.stream().map(Rounds::stop).toList()).mapEmpty();
    }

    /** The API is at this port now. */
    void listening(int port) {
        if (standIn != null) {
            standIn.tell("http://127.0.0.1:" + port + StripeWebhook.PATH);
        }
    }

    Future<Void> stop() {
        if (calls != null) {
            calls.close();
        }
        return standIn == null ? Future.succeededFuture() : standIn.stop();
    }
}
