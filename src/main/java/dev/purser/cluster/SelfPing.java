package dev.purser.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;

/**
 * Asks whatever listens on this node, through the event bus, whether it hears. What others know of their addresses can get lost
 * while the lanes themselves are well, when clusters merge or members come and go; nobody would tell. A message to an
 * address that the cluster does not know stays within the node and arrives, so first the cluster is asked for it.
 */
final class SelfPing {

    private static final Logger LOG = LoggerFactory.getLogger(SelfPing.class);
    private static final String HEADER = "purser.ping";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    /** After so many, and then again after as many more, it is registered anew. */
    private static final int MISSES = 3;

    private final Vertx vertx;
    private final Function<String, Future<Boolean>> isKnown;
    private final List<Pinged> ears = new CopyOnWriteArrayList<>();

    /** @param isKnown whether the cluster knows that this node listens at an address */
    SelfPing(Vertx vertx, Function<String, Future<Boolean>> isKnown) {
        this.vertx = vertx;
        this.isKnown = isKnown;
    }

    /** Something that listens at an address, and can be told to do so anew. */
    interface Ear {

        String address();

        Future<Void> listenAnew();
    }

    private record Pinged(Ear ear, AtomicInteger misses) {
    }

    /** From now on it is pinged, again and again, until the bus is closed. */
    void watch(Ear ear) {
        Pinged pinged = new Pinged(ear, new AtomicInteger());
        ears.add(pinged);
        pingLater(pinged);
    }

    /** How many have not been reached for some time. */
    long unreached() {
        return ears.stream().filter(ear -> ear.misses().get() >= MISSES).count();
    }

    int size() {
        return ears.size();
    }

    /** Asks a lane of any node whether it hears. */
    static Future<?> ping(Vertx vertx, String address) {
        return vertx.eventBus().request(address, null,
                new DeliveryOptions().addHeader(HEADER, "").setSendTimeout(TIMEOUT.toMillis()));
    }

    /** Whether a message is nothing but a ping. */
    static boolean isPing(MultiMap headers) {
        return headers.contains(HEADER);
    }

    private void pingLater(Pinged pinged) {
        long _ = vertx.setTimer(PAUSE.toMillis(), due -> ping(pinged));
    }

    private void ping(Pinged pinged) {
        isKnown.apply(pinged.ear().address())
                .compose(known -> known
                        ? ping(vertx, pinged.ear().address())
                        : Future.failedFuture("the cluster does not know its address"))
                .map(heard -> {
                    if (pinged.misses().getAndSet(0) >= MISSES) {
                        LOG.info("{} is reached again", pinged.ear().address());
                    }
                    return true;
                })
                .recover(failure -> missed(pinged, failure))
                .onComplete(done -> pingLater(pinged));
    }

    private Future<Boolean> missed(Pinged pinged, Throwable failure) {
        if (pinged.misses().incrementAndGet() % MISSES != 0) {
            return Future.succeededFuture(false);
        }
        LOG.warn("Expected {} to be reached through the event bus, but it is not, registering it anew: {}",
                pinged.ear().address(), failure.toString());
        return pinged.ear().listenAnew().map(false);
    }
}
