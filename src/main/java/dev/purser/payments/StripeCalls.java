package dev.purser.payments;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.service.V1Services;

import io.vertx.core.Context;
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
    private final long deadlineMillis;
    private volatile boolean closed;

    /** @param secretKey what Stripe knows this service by */
    public StripeCalls(Vertx vertx, StripeSettings settings, String secretKey) {
        this.vertx = vertx;
        this.deadlineMillis = settings.deadline().toMillis();
        StripeClient.StripeClientBuilder builder = StripeClient.builder().setApiKey(secretKey)
                .setConnectTimeout(CONNECT_MILLIS)
                .setReadTimeout(Math.toIntExact(deadlineMillis))
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

    /**
     * Fails as the question does, with a {@link TimeoutException} when there is no whole answer in time, or with a
     * {@link RejectedExecutionException} when too many are asked already.
     */
    <T> Future<T> ask(Question<T> question) {
        if (closed || !room.tryAcquire()) {
            return Future.failedFuture(new RejectedExecutionException("Expected room for one more question of Stripe"));
        }
        Promise<T> answer = Promise.promise();
        Context context = vertx.getOrCreateContext();
        Thread asking = Thread.ofVirtual().name("purser-stripe").start(() -> ask(question, answer, context));
        long timer = vertx.setTimer(deadlineMillis, _ -> {
            if (answer.tryFail(new TimeoutException("Expected an answer of Stripe within " + deadlineMillis + " ms"))) {
                // Which closes its connection: an answer that comes drop by drop would otherwise never end.
                asking.interrupt();
            }
        });
        return answer.future().onComplete(_ -> vertx.cancelTimer(timer));
    }

    private <T> void ask(Question<T> question, Promise<T> answer, Context context) {
        try {
            T answered = question.ask(client.v1());
            context.runOnContext(_ -> answer.tryComplete(answered));
        } catch (StripeException | RuntimeException | Error failure) {
            context.runOnContext(_ -> answer.tryFail(failure));
        } finally {
            room.release();
        }
    }

    /** Asks nothing more, and lets what is under way end. */
    public void close() {
        closed = true;
    }
}
