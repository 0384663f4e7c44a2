package dev.purser.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Deeds;
import dev.purser.lane.Deeds.Holdings;

/**
 * What a node may call its own, going by what Hazelcast says and by the deeds it holds. It asks nobody and has no clock:
 * times come in, by {@link System#nanoTime}.
 */
final class Titles {

    private static final long WAIT_NANOS = Deeds.WAIT.toNanos();

    private static final long GONE_BY_NOW_NANOS = Deeds.PRESENCE.multipliedBy(2).toNanos();

    /**
     * For so long a node that is cut off, or stood still, may go on to see the others: Hazelcast's patience, and as long as a
     * node takes that has to find out that it is alone.
     */
    static final long BEHIND_NANOS = Duration.ofSeconds(8).toNanos();

    private final String nodeId;
    /** The term in which each partition was last held, and from when on it may be served in that. */
    private final int[] terms = new int[Partitions.COUNT];
    private final long[] served = new long[Partitions.COUNT];
    /** What somebody else has taken from this node, and when, until Hazelcast says so here, too. */
    private final Map<Integer, Long> lost = new HashMap<>();
    private Set<Integer> held = Set.of();
    /** When most of the others were last in sight. */
    private long mostSeen;

    Titles(String nodeId, long now) {
        this.nodeId = nodeId;
        this.mostSeen = now;
    }

    /** Whether most of the nodes that are there are in sight; of two halves it is the one with the eldest node. */
    static boolean isMostInSight(View view, Holdings holdings) {
        Set<String> all = new HashSet<>(view.nodes());
        all.addAll(holdings.present());
        int twice = 2 * view.nodes().size();
        return twice > all.size() || (twice == all.size() && !holdings.present().isEmpty()
                && view.nodes().contains(holdings.present().getFirst()));
    }

    /**
     * The partitions that Hazelcast gives this node, and whose deeds it should take. What another node has just taken from it
     * it leaves there for a while: that one may have seen first who is gone, and two who take from each other serve nobody.
     */
    Set<Integer> missing(View view, Holdings holdings, long now) {
        Set<Integer> missing = new TreeSet<>();
        view.owners().forEach((partition, owner) -> {
            if (!owner.nodeId().equals(nodeId)) {
                lost.remove(partition);
            } else if (!holdings.deeds().containsKey(partition)
                    && (holdings.present().size() < 2 || isLostFor(partition, BEHIND_NANOS, now))) {
                missing.add(partition);
            }
        });
        return missing;
    }

    /** Whether it was lost so long ago, or never. */
    private boolean isLostFor(int partition, long nanos, long now) {
        Long since = lost.get(partition);
        return since == null || now - since >= nanos;
    }

    /** What is held is known anew. What was taken from another node that one may rely on for a while yet. */
    void renewed(Holdings holdings, long now) {
        held.stream().filter(partition -> !holdings.deeds().containsKey(partition))
                .forEach(partition -> lost.put(partition, now));
        held = holdings.deeds().keySet();
        lost.keySet().removeAll(held);
        holdings.deeds().forEach((partition, deed) -> {
            if (terms[partition] != deed.term()) {
                terms[partition] = deed.term();
                served[partition] = deed.contested() ? now + WAIT_NANOS : now;
            }
        });
    }

    /** How long until the last of those that are held may be served; 0 if they may be. */
    long nanosUntilServed(Holdings holdings, long now) {
        return holdings.deeds().keySet().stream().mapToLong(partition -> Math.max(0, served[partition] - now)).max()
                .orElse(0);
    }

    /** What is held and may be served, with the terms. */
    Map<Integer, Integer> settled(Holdings holdings, long now) {
        return holdings.deeds().entrySet().stream().filter(held -> served[held.getKey()] - now <= 0)
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, held -> held.getValue().term()));
    }

    /** Where each partition lives. What a node holds it may serve wherever the others are; more it must not take. */
    Home[] homes(View view, Holdings holdings, long now) {
        Home absent = absent(isMostInSight(view, holdings), now);
        Home[] homes = new Home[Partitions.COUNT];
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            homes[partition] = home(partition, view.owners().get(partition), holdings, now, absent);
        }
        return homes;
    }

    private Home home(int partition, View.@Nullable Owner owner, Holdings holdings, long now, Home absent) {
        if (owner == null) {
            return absent;
        }
        if (!owner.nodeId().equals(nodeId)) {
            return new Home.There(owner.nodeId(), owner.lane());
        }
        if (!holdings.deeds().containsKey(partition)) {
            return lost.containsKey(partition) && isLostFor(partition, GONE_BY_NOW_NANOS, now)
                    ? new Home.OutOfSight()
                    : absent;
        }
        return served[partition] - now > 0
                ? absent
                : new Home.Here(owner.lane(), terms[partition], served[partition]);
    }

    /** At first one cannot know whether those that are out of sight are cut off or gone. */
    private Home absent(boolean mostInSight, long now) {
        if (mostInSight) {
            mostSeen = now;
        }
        return now - mostSeen < GONE_BY_NOW_NANOS ? new Home.Nowhere() : new Home.OutOfSight();
    }
}
