package dev.purser.payments;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import dev.purser.catalog.Order;
import dev.purser.catalog.Pack;
import dev.purser.catalog.Sale;
import dev.purser.journal.Orders;
import dev.purser.journal.PaymentTables;
import dev.purser.lane.Ids;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.sandbox.StripeStandIn;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Stripe's own library at the stand-in, whose events come back over real HTTP into real wallets over a real PostgreSQL. */
final class ShopRig implements AutoCloseable {

    final TestDatabase tables = TestDatabase.create();
    final Vertx vertx = Vertx.vertx();
    final StripeStandIn stripe = LaneRig.await(StripeStandIn.start(vertx));
    final StripeSettings settings;
    final StripeCalls calls;
    final PaymentTables payments = PaymentTables.of(tables.reads(vertx));
    final TestLane lane;
    final StripeTill till;
    /** How purchases were begun and ended, as it was counted. */
    final ConcurrentLinkedQueue<String> counted = new ConcurrentLinkedQueue<>();
    /** Wallets that nobody can reach just now. */
    final Set<String> outOfReach = ConcurrentHashMap.newKeySet();
    private final LaneRig lanes = new LaneRig();
    private final StripeInbox inbox;
    private final int port;
    private final ConcurrentLinkedQueue<String> healed = new ConcurrentLinkedQueue<>();

    /** The stand-in tells of nothing before {@link #listen}. */
    ShopRig(Duration deadline, Orders.Limits limits, boolean refundsWarned) {
        settings = new StripeSettings(List.of(), false, Duration.ofMinutes(5), null, null, deadline, limits, List.of(),
                new StripeSettings.Upkeep(Duration.ofMinutes(5), Duration.ZERO, refundsWarned), GivenOnPolicy.DEBT)
                .at(URI.create(stripe.url()), StripeStandIn.KEY, stripe.webhookSecret());
        lane = lanes.lane(tables.url());
        calls = new StripeCalls(vertx, settings, StripeStandIn.KEY);
        till = new StripeTill(vertx, calls, settings.limits(), payments.purchases(), counted::add);
        inbox = new StripeInbox(settings, Defaults.CATALOG, _ -> true,
                new StripeInbox.Means(payments, this::carry, calls, Ids::next),
                new GivenOnFollower(vertx, payments.givenOn(), this::carry, Ids::next, settings.givenOn()),
                counted::add);
        port = LaneRig.await(vertx.createHttpServer()
                .requestHandler(new StripeWebhook(vertx, settings, inbox, InstantSource.system(), WebhookMeter.NONE))
                .listen(0, "127.0.0.1")).actualPort();
    }

    /** One that is told of everything. */
    static ShopRig listening(boolean refundsWarned) {
        ShopRig rig = new ShopRig(Duration.ofSeconds(5), Defaults.BUYERS, refundsWarned);
        rig.listen();
        return rig;
    }

    private Future<Outcome> carry(Operation operation) {
        return outOfReach.contains(operation.walletId())
                ? Future.succeededFuture(new Outcome.Unavailable(Outcome.Reason.TIMED_OUT, 1))
                : lane.send(operation);
    }

    /** What comes of an event, as if it had been posted. */
    String tell(String event) {
        return LaneRig.await(inbox.take(StripeEvent.read(event.getBytes(StandardCharsets.UTF_8)).orElseThrow())).text();
    }

    void listen() {
        stripe.tell("http://127.0.0.1:" + port);
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
