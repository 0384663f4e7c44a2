package dev.purser.cluster;

import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.lane.Deeds;
import dev.purser.lane.Deeds.Holdings;
import io.vertx.core.Future;

/**
 * Finds out where everything is, one look at a time: renews the deeds that this node holds, takes those that it should,
 * and publishes the table. Used on one thread, on which the deeds answer too.
 */
final class Survey {

    private static final Logger LOG = LoggerFactory.getLogger(Survey.class);

    private final String nodeId;
    private final Deeds deeds;
    private final Territory territory;
    private final LongSupplier nanos;
    private final Titles titles;
    private Holdings holdings = Holdings.NONE;
    private long sureUntil;
    private boolean deedsFail;
    private volatile Map<Integer, Integer> settled = Map.of();

    /** @param nanos a clock that goes on while the process is stopped, as {@link System#nanoTime} does */
    Survey(String nodeId, Deeds deeds, Territory territory, LongSupplier nanos) {
        this.nodeId = nodeId;
        this.deeds = deeds;
        this.territory = territory;
        this.nanos = nanos;
        this.titles = new Titles(nodeId, nanos.getAsLong());
        this.sureUntil = nanos.getAsLong();
    }

    /** Surveys what Hazelcast shows; answers in how many nanoseconds something that was taken may be served, or 0. */
    Future<Long> of(View view) {
        return renew().compose(renewed -> take(view)).transform(done -> {
            if (done.failed() != deedsFail) {
                deedsFail = done.failed();
                if (deedsFail) {
                    LOG.warn("Not sure of its wallets while the database does not answer: {}", done.cause().toString());
                } else {
                    LOG.info("Sure of its wallets again");
                }
            }
            long now = nanos.getAsLong();
            settled = titles.settled(holdings, now);
            territory.publish(titles.homes(view, holdings, now), sureUntil,
                    holdings.at().plus(Deeds.WRITABLE), view.nodes());
            return Future.succeededFuture(titles.nanosUntilServed(holdings, now));
        });
    }

    /** What may be served, with the terms, wherever it is meant to be served. May be asked on any thread. */
    Map<Integer, Integer> settled() {
        return settled;
    }

    private Future<Void> take(View view) {
        Set<Integer> missing = Titles.isMostInSight(view, holdings)
                ? titles.missing(view, holdings, nanos.getAsLong())
                : Set.of();
        if (missing.isEmpty()) {
            return Future.succeededFuture();
        }
        return deeds.take(nodeId, missing).compose(taken -> renew());
    }

    /** Asks what is held. While that cannot be had the last answer counts, though soon nobody may rely on it. */
    private Future<Void> renew() {
        long asked = nanos.getAsLong();
        return deeds.renew(nodeId).map(held -> {
            holdings = held;
            titles.renewed(held, nanos.getAsLong());
            sureUntil = asked + Deeds.TRUST.toNanos();
            return null;
        });
    }
}
