package dev.purser.payments;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

import dev.purser.catalog.Order;
import dev.purser.catalog.Order.Way;
import dev.purser.catalog.Pack;
import dev.purser.catalog.Sale;
import dev.purser.journal.Orders;
import dev.purser.journal.Purchases;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.support.TestDatabase;
import io.vertx.core.Vertx;

/** A till over a real PostgreSQL, at which Stripe is a {@link FakeStripe}. */
final class TillRig implements AutoCloseable {

    /** For the whole of an answer, also of the first, for which Stripe's library has to be loaded. */
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    static final Way.Page PAGE = new Way.Page("https://app.example/bought?id={CHECKOUT_SESSION_ID}",
            "https://app.example/shop");

    final TestDatabase tables = TestDatabase.create();
    final Vertx vertx = Vertx.vertx();
    final FakeStripe stripe = new FakeStripe(vertx);
    final ConcurrentLinkedQueue<String> counted = new ConcurrentLinkedQueue<>();
    final Purchases purchases = new Purchases(tables.reads(vertx));
    final StripeCalls calls;
    final StripeTill till;

    TillRig(Orders.Limits limits) {
        StripeSettings settings = new StripeSettings(List.of(), false, Duration.ofMinutes(5), null, null,
                DEADLINE, limits, List.of(), Defaults.UPKEEP, GivenOnPolicy.DEBT)
                .at(URI.create(stripe.url()), FakeStripe.KEY, "whsec_none");
        calls = new StripeCalls(vertx, settings, FakeStripe.KEY);
        till = new StripeTill(vertx, calls, settings.limits(), purchases, counted::add);
    }

    Sale buy(String payer, Pack pack, String paymentMethod, @Nullable String key) {
        return LaneRig.await(till.sell(new Order(pack, payer, payer, paymentMethod, key)));
    }

    Sale open(String payer, Pack pack, @Nullable String key) {
        return open(payer, payer, pack, key == null ? null : new Order.Key(payer, key));
    }

    Sale open(String payer, String wallet, Pack pack, Order.@Nullable Key key) {
        return LaneRig.await(till.sell(new Order(pack, payer, wallet, PAGE, key)));
    }

    @Override
    public void close() {
        calls.close();
        LaneRig.await(vertx.close());
    }
}
