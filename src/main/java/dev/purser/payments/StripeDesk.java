package dev.purser.payments;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

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
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Asks Stripe. Its library waits for the answer, so that is done on threads of its own. */
final class StripeDesk {

    private static final Logger LOG = LoggerFactory.getLogger(StripeDesk.class);
    private static final int CONNECT_MILLIS = 2_000;
    private static final int MOST_AT_ONCE = 64;

    private final Vertx vertx;
    private final StripeClient client;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("purser-stripe-", 0).factory());

    StripeDesk(Vertx vertx, StripeSettings settings, String secretKey) {
        this.vertx = vertx;
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

    /** Has Stripe begin what is ordered, once under a key. The future never fails. */
    Future<Sale> begin(Order order, String key) {
        RequestOptions options = RequestOptions.builder().setIdempotencyKey(key).build();
        return aside(() -> switch (order.way()) {
            case Way.Method method -> StripeAnswers
                    .begun(client.v1().paymentIntents().create(StripeRequests.payment(order, method), options));
            case Way.Page page -> StripeAnswers
                    .opened(client.v1().checkout().sessions().create(StripeRequests.page(order, page), options));
        });
    }

    /** Asks what an order has become, as it stands by now. The future never fails. */
    Future<Sale> recall(Order order, String id) {
        return aside(() -> switch (order.way()) {
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
        });
    }

    private interface Question {
        Sale ask() throws StripeException;
    }

    private Future<Sale> aside(Question question) {
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
        return sold.future();
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
    void close() {
        threads.shutdown();
    }
}
