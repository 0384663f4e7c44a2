package dev.purser;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.purser.catalog.Sale;
import dev.purser.catalog.Till;
import dev.purser.journal.PaymentTables;
import dev.purser.journal.PayoutTransfers;
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

    private final Settings settings;
    private final Vertx vertx;
    private final PaymentTables tables;
    private final PurchaseMeter meter;
    private StripeSettings stripe;
    private @Nullable StripeStandIn standIn;
    private @Nullable StripeCalls calls;
    private @Nullable GivenOnFollower givenOn;

    PaymentParts(Settings settings, Vertx vertx, PaymentTables tables, PurchaseMeter meter) {
        this.settings = settings;
        this.vertx = vertx;
        this.tables = tables;
        this.meter = meter;
        this.stripe = settings.stripe();
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
    StripeInbox inbox(Predicate<String> isWallet, Wallets wallets) {
        return new StripeInbox(stripe, settings.catalog(), isWallet, tables, wallets, calls, Ids::next, meter,
                givenOn(wallets));
    }

    StripeWebhook webhook(StripeInbox inbox, WebhookMeter webhookMeter) {
        return new StripeWebhook(vertx, stripe, inbox, InstantSource.system(), webhookMeter);
    }

    /** Begins to mend what was told in vain, on one node at a time, and answers how to end that. */
    Supplier<Future<Void>> mendGaps(StripeInbox inbox, Predicate<String> owned, WebhookMeter webhookMeter) {
        StripeGaps gaps = new StripeGaps(inbox, tables, calls, stripe.upkeep().lookUpAfter(), owned,
                InstantSource.system(), webhookMeter);
        Rounds rounds = new Rounds(vertx, "Looking for what Stripe has told in vain", stripe.upkeep().gapsEvery(),
                gaps::round);
        rounds.start();
        return () -> {
            gaps.stop();
            return rounds.stop();
        };
    }

    /** Begins to send payouts that are approved, on one node at a time, and answers how to end that. */
    Supplier<Future<Void>> sendPayouts(PayoutTransfers transfers, Predicate<String> owned) {
        StripeCalls open = calls;
        if (open == null) {
            return Future::succeededFuture;
        }
        StripePayouts payouts = new StripePayouts(open, transfers, settings.earnings().currency(), owned);
        Rounds rounds = new Rounds(vertx, "Sending payouts by Stripe", PAYOUTS_EVERY, payouts::round);
        rounds.start();
        return () -> {
            payouts.stop();
            return rounds.stop();
        };
    }

    /** Follows what was given on by those whose payments went back; one for each node. */
    GivenOnFollower givenOn(Wallets wallets) {
        GivenOnFollower known = givenOn;
        if (known == null) {
            known = new GivenOnFollower(vertx, tables.givenOn(), wallets, Ids::next, stripe.givenOn());
            givenOn = known;
        }
        return known;
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
