package dev.purser;

import java.net.URI;
import java.time.InstantSource;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.purser.catalog.Sale;
import dev.purser.catalog.Till;
import dev.purser.journal.PaymentTables;
import dev.purser.journal.Purchases;
import dev.purser.lane.Ids;
import dev.purser.lane.Wallets;
import dev.purser.payments.GivenOnFollower;
import dev.purser.payments.PurchaseMeter;
import dev.purser.payments.StripeInbox;
import dev.purser.payments.StripeSettings;
import dev.purser.payments.StripeTill;
import dev.purser.payments.StripeWebhook;
import dev.purser.payments.WebhookMeter;
import dev.purser.sandbox.StripeStandIn;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** What has to do with Stripe, or in development mode, when no secret of Stripe's is set, with what stands in for it. */
final class PaymentParts {

    private final Settings settings;
    private final Vertx vertx;
    private final PaymentTables tables;
    private final PurchaseMeter meter;
    private StripeSettings stripe;
    private @Nullable StripeStandIn standIn;
    private @Nullable StripeTill till;
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
            till = key == null ? null : new StripeTill(vertx, stripe, key, tables.purchases(), meter);
        });
    }

    /** Where packs are bought; closed if there is no key of Stripe's. */
    Till till() {
        Till open = till;
        return open == null ? _ -> Future.succeededFuture(new Sale.Closed()) : open;
    }

    Purchases purchases() {
        return tables.purchases();
    }

    /** @param isWallet whether a wallet can have that id */
    StripeWebhook webhook(Predicate<String> isWallet, Wallets wallets, WebhookMeter webhookMeter) {
        return new StripeWebhook(vertx, stripe,
                new StripeInbox(stripe, settings.catalog(), isWallet, tables, wallets, Ids::next, meter,
                        givenOn(wallets)),
                InstantSource.system(), webhookMeter);
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
        if (till != null) {
            till.close();
        }
        return standIn == null ? Future.succeededFuture() : standIn.stop();
    }
}
