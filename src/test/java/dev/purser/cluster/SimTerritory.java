package dev.purser.cluster;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import dev.purser.lane.Deeds;
import dev.purser.lane.Ownership;
import io.vertx.core.Future;

/** The real rules of who owns what, for a simulation that says what Hazelcast shows and what time it is. */
public final class SimTerritory implements Ownership {

    private final String nodeId;
    private final Deeds deeds;
    private final Territory territory;
    private final Survey survey;

    public SimTerritory(String nodeId, Deeds deeds, LongSupplier nanos) {
        this.nodeId = nodeId;
        this.deeds = deeds;
        this.territory = new Territory(nanos);
        this.survey = new Survey(nodeId, deeds, territory, nanos);
    }

    /** One survey; answers in how many nanoseconds there is news, or 0. */
    public Future<Long> survey(List<String> owners, Set<String> nodes) {
        Map<Integer, View.Owner> all = new HashMap<>();
        for (int partition = 0; partition < owners.size(); partition++) {
            all.put(partition, new View.Owner(owners.get(partition), 0));
        }
        return survey.of(new View(all, nodes));
    }

    /** It owns nothing any more, and gives up what it holds. */
    public Future<Void> leave() {
        territory.abandon();
        return deeds.leave(nodeId, survey.settled());
    }

    public void onChange(Runnable watcher) {
        territory.onChange(watcher);
    }

    @Override
    public int term(String walletId) {
        return territory.term(walletId);
    }

    @Override
    public boolean isFresh(String walletId) {
        return territory.isFresh(walletId);
    }

    @Override
    public Instant writableUntil() {
        return territory.writableUntil();
    }

    @Override
    public boolean isSure(String walletId, int term) {
        return territory.isSure(walletId, term);
    }
}
