package dev.purser.cluster;

import com.hazelcast.partition.NoDataMemberInClusterException;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;

/**
 * Has the cluster know that somebody listens at an address. For a moment there may be nobody who keeps addresses: when the
 * only other node leaves just as this one starts, until {@link Share} has seen it.
 */
final class Registration {

    private static final long PAUSE_MILLIS = 100;
    private static final int MOST_TRIES = 100;

    private Registration() {
    }

    static <T> Future<MessageConsumer<T>> of(Vertx vertx, String address, Handler<Message<T>> ear) {
        return of(vertx, address, ear, MOST_TRIES);
    }

    private static <T> Future<MessageConsumer<T>> of(Vertx vertx, String address, Handler<Message<T>> ear, int tries) {
        MessageConsumer<T> consumer = vertx.eventBus().consumer(address, ear);
        return consumer.completion().map(consumer)
                .recover(cause -> tries > 1 && cause instanceof NoDataMemberInClusterException
                        ? vertx.timer(PAUSE_MILLIS).compose(_ -> of(vertx, address, ear, tries - 1))
                        : Future.failedFuture(cause));
    }
}
