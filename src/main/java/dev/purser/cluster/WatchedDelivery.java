package dev.purser.cluster;

import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.impl.OutboundDeliveryContext;

/**
 * How a message is sent whose sender hears of it when it could not be written, since its connection broke or could not be
 * had. The bus alone tells nobody: a request waits for its answer all the same, and an answer is lost.
 */
abstract class WatchedDelivery extends DeliveryOptions {

    /** On some thread of the bus, at most once for each message. */
    abstract void notWritten();

    /** To be called once for each bus. */
    static void watch(EventBus bus) {
        bus.addOutboundInterceptor(WatchedDelivery::watch);
    }

    private static void watch(DeliveryContext<Object> sent) {
        if (sent instanceof OutboundDeliveryContext<Object> outbound
                && outbound.options instanceof WatchedDelivery watched) {
            outbound.writePromise.future().onFailure(cause -> {
                // That nobody listens is told by the bus itself.
                if (!(cause instanceof ReplyException)) {
                    watched.notWritten();
                }
            });
        }
        sent.next();
    }
}
