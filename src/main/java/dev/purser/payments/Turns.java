package dev.purser.payments;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Lets what concerns one and the same follow one another, each on the thread of whoever asked for it. */
final class Turns {

    private final Vertx vertx;
    private final ConcurrentHashMap<String, Future<?>> last = new ConcurrentHashMap<>();

    Turns(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Runs {@code turn} when those before it with the same name are done. */
    <T> Future<T> take(String name, Supplier<Future<T>> turn) {
        Promise<T> promise = Promise.promise();
        Future<T> mine = promise.future();
        Future<?> before = last.put(name, mine);
        var context = vertx.getOrCreateContext();
        if (before == null) {
            run(turn, promise);
        } else {
            before.onComplete(_ -> context.runOnContext(_ -> run(turn, promise)));
        }
        return mine.onComplete(_ -> last.remove(name, mine));
    }

    /** Whatever is thrown, the next one's turn comes. */
    private static <T> void run(Supplier<Future<T>> turn, Promise<T> promise) {
        Future.<Void>succeededFuture().compose(_ -> turn.get()).onComplete(promise);
    }
}
