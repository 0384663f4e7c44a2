package dev.purser.cluster;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.impl.OutboundDeliveryContext;

/** A bus whose connections break. */
final class BrokenWrites {

    private BrokenWrites() {
    }

    /** As many messages with such a body as {@code left} says are not written; it counts down with each that comes. */
    static void of(Class<?> body, EventBus bus, AtomicInteger left) {
        bus.addOutboundInterceptor(sent -> {
            if (body.isInstance(sent.body()) && left.getAndDecrement() > 0) {
                ((OutboundDeliveryContext<Object>) sent).fail(new ClosedChannelException());
            } else {
                sent.next();
            }
        });
    }
}
