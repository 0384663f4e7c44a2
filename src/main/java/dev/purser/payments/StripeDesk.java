package dev.purser.payments;

import java.util.concurrent.RejectedExecutionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

/** Has Stripe begin what is ordered. */
final class StripeDesk {

    private static final Logger LOG = LoggerFactory.getLogger(StripeDesk.class);

    private final StripeCalls calls;

    StripeDesk(StripeCalls calls) {
        this.calls = calls;
    }

    /** Has Stripe begin what is ordered, once under a key. The future never fails. */
    Future<Sale> begin(Order order, String key) {
        RequestOptions options = RequestOptions.builder().setIdempotencyKey(key).build();
        return sale(stripe -> switch (order.way()) {
            case Way.Method method -> StripeAnswers
                    .begun(stripe.paymentIntents().create(StripeRequests.payment(order, method), options));
            case Way.Page page -> StripeAnswers
                    .opened(stripe.checkout().sessions().create(StripeRequests.page(order, page), options));
        });
    }

    /** Asks what an order has become, as it stands by now. The future never fails. */
    Future<Sale> recall(Order order, String id) {
        return sale(stripe -> switch (order.way()) {
            case Way.Method _ -> {
                PaymentIntent intent = stripe.paymentIntents().retrieve(id);
                yield StripeRequests.matches(order, intent.getMetadata())
                        ? StripeAnswers.recalled(intent)
                        : new Sale.KeyReused();
            }
            case Way.Page _ -> {
                Session session = stripe.checkout().sessions().retrieve(id);
                yield StripeRequests.matches(order, session.getMetadata())
                        ? StripeAnswers.recalled(session)
                        : new Sale.KeyReused();
            }
        });
    }

    private Future<Sale> sale(StripeCalls.Question<Sale> question) {
        return calls.<Sale>ask(stripe -> answered(() -> question.ask(stripe)))
                .otherwise(failure -> new Sale.Unanswered(!(failure instanceof RejectedExecutionException)));
    }

    private interface Answer {
        Sale get() throws StripeException;
    }

    private static Sale answered(Answer answer) {
        try {
            return answer.get();
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
}
