package dev.purser.journal;

import java.util.function.Supplier;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Has something done where it is at home, whatever thread asks for it. */
final class OnContext {

    private OnContext() {
    }

    static <T> Future<T> run(Context home, Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        home.runOnContext(go -> work.get().onComplete(done));
        return done.future();
    }
}
