package dev.purser.api;

import java.util.Objects;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Waiting no longer than something is worth. */
final class Waiting {

    private Waiting() {
    }

    /**
     * What comes in time, or else {@code otherwise}. Not {@link Future#timeout}: a future that knows no context would be
     * ended by it on a thread that is not this server's.
     */
    static <T> Future<T> within(long millis, T otherwise, Future<T> awaited) {
        if (awaited.isComplete()) {
            return awaited;
        }
        Vertx vertx = Objects.requireNonNull(Vertx.currentContext()).owner();
        Promise<T> first = Promise.promise();
        long timer = vertx.setTimer(millis, late -> first.tryComplete(otherwise));
        awaited.onSuccess(first::tryComplete).onFailure(first::tryFail)
                .onComplete(answered -> vertx.cancelTimer(timer));
        return first.future();
    }
}
