package dev.purser.api;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * Waiting no longer than something is worth. All have the same time, so that whoever came first is late first, and one
 * timer does for all of them. Used on one event loop only.
 *
 * <p>Not {@link Future#timeout}: a future that knows no context would be ended by it on a thread that is not this server's.
 */
final class Waiting<T> {

    private final long nanos;
    private final T otherwise;
    /** The oldest first. Those that were answered stay until there is none before them that was not. */
    private final Deque<Wait<T>> waits = new ArrayDeque<>();
    private boolean timed;

    private record Wait<T>(Promise<T> answer, long until) {
    }

    /** @param otherwise what it is when it does not come in time */
    Waiting(Duration time, T otherwise) {
        this.nanos = time.toNanos();
        this.otherwise = otherwise;
    }

    /** What comes in time, or else what it is otherwise. */
    Future<T> within(Future<T> awaited) {
        if (awaited.isComplete()) {
            return awaited;
        }
        Wait<T> wait = new Wait<>(Promise.promise(), System.nanoTime() + nanos);
        waits.add(wait);
        Wait<T> oldest = oldest();
        if (oldest != null && !timed) {
            watch(oldest);
        }
        awaited.onSuccess(wait.answer()::tryComplete).onFailure(wait.answer()::tryFail);
        return wait.answer().future();
    }

    private void watch(Wait<T> next) {
        timed = true;
        long millis = TimeUnit.NANOSECONDS.toMillis(next.until() - System.nanoTime()) + 1;
        var _ = Objects.requireNonNull(Vertx.currentContext()).owner().setTimer(Math.max(1, millis), _ -> check());
    }

    private void check() {
        timed = false;
        Wait<T> next = oldest();
        while (next != null && next.until() - System.nanoTime() <= 0) {
            var _ = next.answer().tryComplete(otherwise);
            next = oldest();
        }
        if (next != null && !timed) {
            watch(next);
        }
    }

    /** The oldest that was not answered. */
    private @Nullable Wait<T> oldest() {
        while (!waits.isEmpty() && waits.peek().answer().future().isComplete()) {
            waits.remove();
        }
        return waits.peek();
    }
}
