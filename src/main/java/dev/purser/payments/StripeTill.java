package dev.purser.payments;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.catalog.Order;
import dev.purser.catalog.Sale;
import dev.purser.catalog.Till;
import dev.purser.journal.Orders;
import dev.purser.journal.Orders.Placed;
import dev.purser.journal.Purchases;
import dev.purser.journal.Purchases.Purchase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Begins payments at Stripe, or opens pages to pay on, within the bounds of what one payer may have. Nothing is credited here,
 * whatever Stripe answers.
 */
public final class StripeTill implements Till {

    private static final Logger LOG = LoggerFactory.getLogger(StripeTill.class);

    private final StripeDesk desk;
    private final Purchases purchases;
    private final Orders orders;
    private final Orders.Limits limits;
    private final PurchaseMeter meter;
    private final Turns turns;

    public StripeTill(Vertx vertx, StripeCalls calls, Orders.Limits limits, Purchases purchases, PurchaseMeter meter) {
        this.desk = new StripeDesk(calls);
        this.purchases = purchases;
        this.orders = purchases.orders();
        this.limits = limits;
        this.meter = meter;
        this.turns = new Turns(vertx);
    }

    /**
     * A card that was stolen is tried out by buying little, often. An order is written down before Stripe is asked, one after
     * the other for each payer, so that many at once are no way around the bounds.
     */
    @Override
    public Future<Sale> sell(Order order) {
        String key = StripeKeys.of(order);
        return turns.take(order.payer(), () -> orders.place(key, order.payer(), limits))
                .compose(placed -> sell(order, key, placed))
                .otherwise(cause -> {
                    LOG.warn("Expected to see what {} has bought, but could not: {}", order.payer(), cause.toString());
                    return new Sale.Unanswered(false);
                })
                .onSuccess(this::count);
    }

    private Future<Sale> sell(Order order, String key, Placed placed) {
        return switch (placed) {
            case Placed.New() -> written(order, key, desk.begin(order, key)).compose(sale -> isNothing(sale)
                    ? orders.withdraw(key).transform(_ -> Future.succeededFuture(sale))
                    : Future.succeededFuture(sale));
            case Placed.Before(var _, boolean old) when !old -> written(order, key, desk.begin(order, key));
            // Stripe may have forgotten the key by now, and would begin another payment under it.
            case Placed.Before(var purchaseId, var _) -> purchaseId == null
                    ? Future.succeededFuture(new Sale.KeyReused())
                    : desk.recall(order, purchaseId);
            case Placed.TooMany() -> Future.succeededFuture(new Sale.TooMany(limits.aMinute()));
            case Placed.TooManyOpen() -> Future.succeededFuture(new Sale.TooManyOpen(limits.open()));
            case Placed.CoolingDown(long seconds) ->
                Future.succeededFuture(new Sale.CoolingDown(limits.declines(), seconds));
        };
    }

    private Future<Sale> written(Order order, String key, Future<Sale> sold) {
        return sold.compose(sale -> switch (sale) {
            case Sale.Begun begun -> written(Purchase.of(order, begun.id(), begun.status()), key, sale);
            case Sale.Opened opened -> written(Purchase.of(order, opened.id(), opened.status()), key, sale);
            case Sale.Refused _,Sale.KeyReused _,Sale.Unanswered _,Sale.TooMany _,Sale.TooManyOpen _,Sale.CoolingDown _,Sale.Closed _ ->
                Future.succeededFuture(sale);
        });
    }

    /** Without the note it is credited all the same; only its buyer would not find it. So that is no reason to fail. */
    private Future<Sale> written(Purchase purchase, String key, Sale sale) {
        return purchases.begun(purchase, key).map(sale)
                .otherwise(cause -> {
                    LOG.warn("Expected to write down purchase {}, but could not: {}", purchase.id(), cause.toString());
                    return sale;
                });
    }

    /** Whether surely nothing was begun. */
    private static boolean isNothing(Sale sale) {
        return switch (sale) {
            case Sale.Refused _,Sale.KeyReused _,Sale.TooMany _,Sale.TooManyOpen _,Sale.CoolingDown _,Sale.Closed _ ->
                true;
            case Sale.Unanswered(boolean late) -> !late;
            case Sale.Begun _,Sale.Opened _ -> false;
        };
    }

    private void count(Sale sale) {
        switch (sale) {
            case Sale.Begun begun when !begun.replayed() -> {
                PurchaseOutcome.BEGUN.count(meter);
                if (begun.failure() != null) {
                    PurchaseOutcome.FAILED.count(meter);
                }
            }
            case Sale.Opened opened when !opened.replayed() -> PurchaseOutcome.BEGUN.count(meter);
            case Sale.Refused _,Sale.KeyReused _ -> PurchaseOutcome.REFUSED.count(meter);
            case Sale.TooMany _,Sale.TooManyOpen _,Sale.CoolingDown _ -> PurchaseOutcome.LIMITED.count(meter);
            case Sale.Unanswered _ -> PurchaseOutcome.UNANSWERED.count(meter);
            case Sale.Begun _,Sale.Opened _,Sale.Closed _ -> {
                // It was counted before, or there is nothing to count.
            }
        }
    }
}
