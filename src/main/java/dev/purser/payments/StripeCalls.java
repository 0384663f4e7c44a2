package dev.purser.payments;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.service.V1Services;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Asks Stripe. Its library waits for the answer, so that is done on threads of its own. */
public final class StripeCalls {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int MOST_AT_ONCE = 64;

    private final Vertx vertx;
    private final StripeClient client;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("purser-stripe-", 0).factory());

    /** @param secretKey what Stripe knows this service by */
    public StripeCalls(Vertx vertx, StripeSettings settings, String secretKey) {
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

    /** Something asked of Stripe; blocks until it has answered, or will not. */
    interface Question<T> {
        T ask(V1Services stripe) throws StripeException;
    }

    /** Fails as the question does, or with a {@link RejectedExecutionException} when too many are asked already. */
    <T> Future<T> ask(Question<T> question) {
        if (!room.tryAcquire()) {
            return Future.failedFuture(new RejectedExecutionException("Expected room for one more question of Stripe"));
        }
        Promise<T> answer = Promise.promise();
        var context = vertx.getOrCreateContext();
        threads.execute(() -> {
            try {
                T answered = question.ask(client.v1());
                context.runOnContext(_ -> answer.complete(answered));
            } catch (StripeException | RuntimeException failure) {
                context.runOnContext(_ -> answer.fail(failure));
            } finally {
                room.release();
            }
        });
        return answer.future();
    }

    /** Lets those under way end. */
    public void close() {
        threads.shutdown();
    }
}
