package dev.purser.sim;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import dev.purser.cluster.Partitions;
import dev.purser.lane.Deeds;
import dev.purser.lane.Deeds.Deed;
import dev.purser.lane.Deeds.Holdings;

/** The deeds as PostgreSQL keeps them, and the nodes that are there by its clock. */
final class DeedBook {

    private final World world;
    private final @Nullable String[] holders = new String[Partitions.COUNT];
    private final Deed[] deeds = new Deed[Partitions.COUNT];
    private final Map<String, Long> seen = new LinkedHashMap<>();
    private long wrongBy;

    DeedBook(World world) {
        this.world = world;
        Arrays.fill(deeds, new Deed(0, false));
    }

    /** The database's clock, too, can be set. */
    void setClock(long nanos) {
        wrongBy = nanos;
    }

    private long now() {
        return world.now() + wrongBy;
    }

    /** What the database's clock shows. */
    Instant clock() {
        return SimClock.EPOCH.plusNanos(now());
    }

    Holdings renew(String node) {
        seen.put(node, now());
        Map<Integer, Deed> held = new HashMap<>();
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            if (node.equals(holders[partition])) {
                held.put(partition, deeds[partition]);
            }
        }
        return new Holdings(held, seen.keySet().stream().filter(this::isPresent).toList(), clock());
    }

    private boolean isPresent(String node) {
        return Math.abs(now() - Objects.requireNonNull(seen.get(node))) < Deeds.PRESENCE.toNanos();
    }

    void take(String node, Iterable<Integer> partitions) {
        for (int partition : partitions) {
            boolean another = holders[partition] != null && !node.equals(holders[partition]);
            boolean contested = deeds[partition].contested() || another;
            holders[partition] = node;
            deeds[partition] = new Deed(deeds[partition].term() + 1, contested);
        }
    }

    void leave(String node, Map<Integer, Integer> settled) {
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            Deed deed = deeds[partition];
            if (node.equals(holders[partition])) {
                holders[partition] = null;
                deeds[partition] = new Deed(deed.term(), !Objects.equals(settled.get(partition), deed.term()));
            }
        }
        seen.remove(node);
    }
}
