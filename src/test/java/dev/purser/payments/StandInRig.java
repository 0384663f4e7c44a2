package dev.purser.payments;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import dev.purser.catalog.Order;
import dev.purser.catalog.Pack;
import dev.purser.catalog.Sale;
import dev.purser.journal.PaymentTables;
import dev.purser.lane.Ids;
import dev.purser.sandbox.StripeStandIn;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.TestDatabase;
import io.vertx.core.Vertx;

/** Stripe's own library at the stand-in, whose events come back over real HTTP into real wallets over a real PostgreSQL. */
final class StandInRig implements AutoCloseable {

    final TestDatabase tables = TestDatabase.create();
    final Vertx vertx = Vertx.vertx();
    final StripeStandIn stripe = LaneRig.await(StripeStandIn.start(vertx));
    final StripeCalls calls;
    final PaymentTables payments = PaymentTables.of(tables.reads(vertx));
    final TestLane lane;
    private final LaneRig lanes = new LaneRig();
    private final StripeTill till;
    private final StripeInbox inbox;
    private final ConcurrentLinkedQueue<String> healed = new ConcurrentLinkedQueue<>();

    StandInRig(boolean refundsWarned) {
        StripeSettings settings = new StripeSettings(List.of(), false, Duration.ofMinutes(5), null, null,
                Duration.ofSeconds(5), Defaults.BUYERS, List.of(),
                new StripeSettings.Upkeep(Duration.ofMinutes(5), Duration.ZERO, refundsWarned), GivenOnPolicy.DEBT)
                .at(URI.create(stripe.url()), StripeStandIn.KEY, stripe.webhookSecret());
        lane = lanes.lane(tables.url());
        calls = new StripeCalls(vertx, settings, StripeStandIn.KEY);
        till = new StripeTill(vertx, calls, settings.limits(), payments.purchases(), PurchaseMeter.NONE);
        inbox = new StripeInbox(settings, Defaults.CATALOG, _ -> true, payments, lane::send, calls, Ids::next,
                PurchaseMeter.NONE,
                new GivenOnFollower(vertx, payments.givenOn(), lane::send, Ids::next, GivenOnPolicy.DEBT));
        stripe.tell("http://127.0.0.1:" + LaneRig.await(vertx.createHttpServer()
                .requestHandler(
                        new StripeWebhook(vertx, settings, inbox, InstantSource.system(), WebhookMeter.NONE))
                .listen(0, "127.0.0.1")).actualPort());
    }

    /** What looks for gaps, by a clock that is minutes ahead: so that nothing is still on its way. */
    StripeGaps gaps(Predicate<String> owned) {
        return new StripeGaps(inbox, payments, calls, Duration.ZERO, owned,
                () -> InstantSource.system().instant().plus(Duration.ofMinutes(5)), new WebhookMeter() {
                    @Override
                    public void heard(String provider, String fate, long nanos) {
                        // Not by the webhook.
                    }

                    @Override
                    public void healed(String provider, String fate) {
                        healed.add(fate);
                    }
                });
    }

    Collection<String> healed() {
        return healed;
    }

    /** Buys; answers the payment's id. */
    @CanIgnoreReturnValue
    String buy(String wallet, Pack pack, String method) {
        Sale sale = LaneRig.await(till.sell(new Order(pack, wallet, wallet, method, null)));
        if (sale instanceof Sale.Begun begun) {
            return begun.id();
        }
        throw new AssertionError("Expected a purchase to be begun, but " + sale);
    }

    StripeInbox inbox() {
        return inbox;
    }

    @Override
    public void close() {
        calls.close();
        LaneRig.await(stripe.stop());
        lanes.close();
        LaneRig.await(vertx.close());
    }
}
