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
 * Asks this node's own lanes through the event bus whether they hear it. What others know of their addresses can get lost
 * while the lanes themselves are well, when clusters merge or members come and go; nobody would tell. A message to an
 * address that the cluster does not know stays within the node and arrives, so first the cluster is asked for it.
 */
final class SelfPing {

    private static final Logger LOG = LoggerFactory.getLogger(SelfPing.class);
    private static final String HEADER = "purser.ping";
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    /** After so many, and then again after as many more, a lane is registered anew. */
    private static final int MISSES = 3;

    private final Vertx vertx;
    private final Function<String, Future<Boolean>> isKnown;
    private final List<Pinged> lanes = new CopyOnWriteArrayList<>();

    /** @param isKnown whether the cluster knows that this node listens at an address */
    SelfPing(Vertx vertx, Function<String, Future<Boolean>> isKnown) {
        this.vertx = vertx;
        this.isKnown = isKnown;
    }

    /** A lane that listens at an address, and can be told to do so anew. */
    interface Ear {

        String address();

        Future<Void> listenAnew();
    }

    private record Pinged(Ear ear, AtomicInteger misses) {
    }

    void add(Ear ear) {
        lanes.add(new Pinged(ear, new AtomicInteger()));
    }

    /** From now on it goes on by itself, one ping of each lane at a time, until the bus is closed. */
    void start() {
        lanes.forEach(this::pingLater);
    }

    /** How many lanes have not been reached for some time. */
    long unreached() {
        return lanes.stream().filter(lane -> lane.misses().get() >= MISSES).count();
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

    private void pingLater(Pinged lane) {
        long _ = vertx.setTimer(PAUSE.toMillis(), due -> ping(lane));
    }

    private void ping(Pinged lane) {
        isKnown.apply(lane.ear().address())
                .compose(known -> known
                        ? ping(vertx, lane.ear().address())
                        : Future.failedFuture("the cluster does not know its address"))
                .map(heard -> {
                    if (lane.misses().getAndSet(0) >= MISSES) {
                        LOG.info("{} is reached again", lane.ear().address());
                    }
                    return true;
                })
                .recover(failure -> missed(lane, failure))
                .onComplete(done -> pingLater(lane));
    }

    private Future<Boolean> missed(Pinged lane, Throwable failure) {
        if (lane.misses().incrementAndGet() % MISSES != 0) {
            return Future.succeededFuture(false);
        }
        LOG.warn("Expected {} to be reached through the event bus, but it is not, registering it anew: {}",
                lane.ear().address(), failure.toString());
        return lane.ear().listenAnew().map(false);
    }
}
