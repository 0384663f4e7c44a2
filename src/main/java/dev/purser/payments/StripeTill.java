package dev.purser.payments;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;

import dev.purser.catalog.Order;
import dev.purser.catalog.Order.Way;
import dev.purser.catalog.Sale;
import dev.purser.catalog.Till;
import dev.purser.journal.Orders;
import dev.purser.journal.Orders.Placed;
import dev.purser.journal.Purchases;
import dev.purser.journal.Purchases.Purchase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * Begins payments at Stripe, or opens pages to pay on. Its library waits for the answer, so that is done on threads of its
 * own; nothing is credited here, whatever the answer is.
 */
public final class StripeTill implements Till {

    private static final Logger LOG = LoggerFactory.getLogger(StripeTill.class);
    private static final int CONNECT_MILLIS = 2_000;
    private static final int MOST_AT_ONCE = 64;

    private final Vertx vertx;
    private final StripeClient client;
    private final Purchases purchases;
    private final Orders orders;
    private final Orders.Limits limits;
    private final PurchaseMeter meter;
    private final Turns turns;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("purser-stripe-", 0).factory());

    /** @param secretKey what Stripe knows this service by */
    public StripeTill(Vertx vertx, StripeSettings settings, String secretKey, Purchases purchases,
            PurchaseMeter meter) {
        this.vertx = vertx;
        this.purchases = purchases;
        this.orders = purchases.orders();
        this.limits = settings.limits();
        this.meter = meter;
        this.turns = new Turns(vertx);
        StripeClient.StripeClientBuilder builder = StripeClient.builder().setApiKey(secretKey)
                .setConnectTimeout(CONNECT_MILLIS)
                .setReadTimeout(Math.toIntExact(settings.deadline().toMillis()))
                // Whoever asked tries again, under the same key.
                .setMaxNetworkRetries(0);
        if (settings.apiBase() != null) {
            builder.setApiBase(settings.apiBase().toString());
        }
        this.client = builder.build();
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
            case Placed.New() -> begin(order, key, () -> create(order, key)).compose(sale -> isNone(sale)
                    ? orders.withdraw(key).transform(_ -> Future.succeededFuture(sale))
                    : Future.succeededFuture(sale));
            case Placed.Before(var _, boolean old) when !old -> begin(order, key, () -> create(order, key));
            // Stripe may have forgotten the key by now, and would begin another payment under it.
            case Placed.Before(var purchaseId, var _) -> purchaseId == null
                    ? Future.succeededFuture(new Sale.KeyReused())
                    : begin(order, key, () -> recall(order, purchaseId));
            case Placed.TooMany() -> Future.succeededFuture(new Sale.TooMany(limits.aMinute()));
            case Placed.TooManyOpen() -> Future.succeededFuture(new Sale.TooManyOpen(limits.open()));
            case Placed.CoolingDown(long seconds) ->
                Future.succeededFuture(new Sale.CoolingDown(limits.declines(), seconds));
        };
    }

    /** Whether surely nothing was begun. */
    private static boolean isNone(Sale sale) {
        return switch (sale) {
            case Sale.Refused _,Sale.KeyReused _,Sale.TooMany _,Sale.TooManyOpen _,Sale.CoolingDown _,Sale.Closed _ ->
                true;
            case Sale.Unanswered(boolean late) -> !late;
            case Sale.Begun _,Sale.Opened _ -> false;
        };
    }

    private Future<Sale> begin(Order order, String key, Question question) {
        if (!room.tryAcquire()) {
            return Future.succeededFuture(new Sale.Unanswered(false));
        }
        Promise<Sale> sold = Promise.promise();
        var context = vertx.getOrCreateContext();
        threads.execute(() -> {
            Sale sale = ask(question);
            room.release();
            context.runOnContext(_ -> sold.complete(sale));
        });
        return sold.future().compose(sale -> switch (sale) {
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

    /** What Stripe is asked. */
    private interface Question {
        Sale ask() throws StripeException;
    }

    private Sale create(Order order, String key) throws StripeException {
        RequestOptions options = RequestOptions.builder().setIdempotencyKey(key).build();
        return switch (order.way()) {
            case Way.Method method -> StripeAnswers
                    .begun(client.v1().paymentIntents().create(StripeRequests.payment(order, method), options));
            case Way.Page page -> StripeAnswers
                    .opened(client.v1().checkout().sessions().create(StripeRequests.page(order, page), options));
        };
    }

    /** What an order has become, as it stands by now. */
    private Sale recall(Order order, String id) throws StripeException {
        return switch (order.way()) {
            case Way.Method _ -> {
                PaymentIntent intent = client.v1().paymentIntents().retrieve(id);
                yield StripeRequests.matches(order, intent.getMetadata())
                        ? StripeAnswers.recalled(intent)
                        : new Sale.KeyReused();
            }
            case Way.Page _ -> {
                Session session = client.v1().checkout().sessions().retrieve(id);
                yield StripeRequests.matches(order, session.getMetadata())
                        ? StripeAnswers.recalled(session)
                        : new Sale.KeyReused();
            }
        };
    }

    /** Blocks until Stripe has answered, or will not. */
    private static Sale ask(Question question) {
        try {
            return question.ask();
        } catch (CardException declined) {
            return StripeAnswers.declined(declined);
        } catch (IdempotencyException reused) {
            return new Sale.KeyReused();
        } catch (AuthenticationException | RateLimitException notEvenRead) {
            LOG.warn("Stripe does not let this service in: {}", notEvenRead.getMessage());
            return new Sale.Unanswered(false);
        } catch (InvalidRequestException wrong) {
            return new Sale.Refused(String.valueOf(wrong.getUserMessage()));
        } catch (StripeException lost) {
            LOG.warn("Stripe did not answer, or failed: {}", lost.getMessage());
            return new Sale.Unanswered(true);
        } catch (RuntimeException bug) {
            LOG.error("Asking Stripe failed", bug);
            return new Sale.Unanswered(true);
        }
    }

    /** Lets those under way end. */
    public void close() {
        threads.shutdown();
    }
}
