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
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentCreateParams.AutomaticPaymentMethods;

import dev.purser.catalog.Order;
import dev.purser.catalog.Sale;
import dev.purser.catalog.Till;
import dev.purser.journal.Purchases;
import dev.purser.journal.Purchases.Purchase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * Begins payments at Stripe. Its library waits for the answer, so that is done on threads of its own; nothing is credited
 * here, whatever the answer is.
 */
public final class StripeTill implements Till {

    private static final Logger LOG = LoggerFactory.getLogger(StripeTill.class);
    private static final int CONNECT_MILLIS = 2_000;
    private static final int MOST_AT_ONCE = 64;

    private final Vertx vertx;
    private final StripeClient client;
    private final Purchases purchases;
    private final int mostAMinute;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("purser-stripe-", 0).factory());

    /** @param secretKey what Stripe knows this service by */
    public StripeTill(Vertx vertx, StripeSettings settings, String secretKey, Purchases purchases) {
        this.vertx = vertx;
        this.purchases = purchases;
        this.mostAMinute = settings.purchasesAMinute();
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

    /** A card that was stolen is tried out by buying little, often. */
    @Override
    public Future<Sale> sell(Order order) {
        return purchases.begunLastMinute(order.payer()).compose(begun -> begun < mostAMinute
                ? begin(order)
                : Future.succeededFuture(new Sale.TooMany(mostAMinute)))
                .otherwise(cause -> {
                    LOG.warn("Expected to see what {} has bought, but could not: {}", order.payer(), cause.toString());
                    return new Sale.Unanswered(false);
                });
    }

    private Future<Sale> begin(Order order) {
        if (!room.tryAcquire()) {
            return Future.succeededFuture(new Sale.Unanswered(false));
        }
        Promise<Sale> sold = Promise.promise();
        var context = vertx.getOrCreateContext();
        threads.execute(() -> {
            Sale sale = ask(order);
            room.release();
            context.runOnContext(_ -> sold.complete(sale));
        });
        return sold.future().compose(sale -> sale instanceof Sale.Begun begun
                ? written(order, begun)
                : Future.succeededFuture(sale));
    }

    /** Without the note it is credited all the same; only its buyer would not find it. So that is no reason to fail. */
    private Future<Sale> written(Order order, Sale.Begun begun) {
        return purchases.begun(Purchase.of(order, begun.id(), begun.status()))
                .<Sale>map(begun)
                .otherwise(cause -> {
                    LOG.warn("Expected to write down purchase {}, but could not: {}", begun.id(), cause.toString());
                    return begun;
                });
    }

    /** Blocks until Stripe has answered, or will not. */
    private Sale ask(Order order) {
        try {
            return begun(client.v1().paymentIntents().create(request(order), options(order)), null);
        } catch (CardException declined) {
            PaymentIntent intent = declined.getStripeError() == null
                    ? null
                    : declined.getStripeError().getPaymentIntent();
            return intent == null
                    ? new Sale.Refused(String.valueOf(declined.getUserMessage()))
                    : begun(intent, declined.getDeclineCode() == null ? declined.getCode() : declined.getDeclineCode());
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

    private static Sale begun(PaymentIntent intent, @Nullable String failure) {
        return new Sale.Begun(intent.getId(), intent.getStatus(), intent.getClientSecret(), failure);
    }

    /** What may be paid with is for Stripe's dashboard to say; nobody is sent elsewhere, so there is no address to return to. */
    private static PaymentIntentCreateParams request(Order order) {
        PaymentIntentCreateParams.Builder request = PaymentIntentCreateParams.builder()
                .setAmount(order.pack().price()).setCurrency(order.pack().currency())
                .setPaymentMethod(order.paymentMethod()).setConfirm(true)
                .setAutomaticPaymentMethods(AutomaticPaymentMethods.builder().setEnabled(true)
                        .setAllowRedirects(AutomaticPaymentMethods.AllowRedirects.NEVER).build())
                .putMetadata(StripeRules.WALLET, order.walletId()).putMetadata(StripeRules.PACK, order.pack().id());
        if (!order.payer().equals(order.walletId())) {
            request.putMetadata(StripeRules.PAYER, order.payer());
        }
        return request.build();
    }

    /** Stripe keeps keys for all that we sell, so ours says whose it is. */
    private static @Nullable RequestOptions options(Order order) {
        return order.key() == null
                ? null
                : RequestOptions.builder()
                        .setIdempotencyKey(StripeKeys.of(order.payer(), order.key())).build();
    }

    /** Lets those under way end. */
    public void close() {
        threads.shutdown();
    }
}
