package dev.purser.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.vertx.core.Future;

/**
 * Which node serves which partition, as the database has it: the last word between nodes that cannot hear each other.
 *
 * <p>A node serves a partition only while it holds the deed of it, and answers from memory only for a short time after it
 * last saw that it does. Whoever takes a deed from another waits for longer than that before serving. So at no moment do two nodes
 * answer for one wallet, whatever the network does to the rest of what they know.
 */
public interface Deeds {

    /** For so long a node may rely on what it has seen of its deeds, by its own clock, from when it asked. */
    Duration TRUST = Duration.ofMillis(500);

    /** For so long whoever takes a deed from another waits: a little longer, since no two clocks run alike. */
    Duration WAIT = TRUST.plusMillis(50);

    /**
     * For so long what a node decides may be written, by the database's clock, from when the database last told that it
     * holds its deeds. A node that stood still for longer may have been followed by one that no longer reckons with it.
     */
    Duration WRITABLE = Duration.ofSeconds(20);

    /** A node that has not been heard of for so long is no longer counted among those that are there. */
    Duration PRESENCE = Duration.ofSeconds(1);

    /** Says that a node is there, and answers what it holds. */
    Future<Holdings> renew(String node);

    /** Takes the deeds of these partitions, whoever holds them. */
    Future<Void> take(String node, Collection<Integer> partitions);

    /**
     * Gives up all that a node holds, and says that it is gone.
     *
     * @param settled the partitions that it could serve, with their terms. On the others somebody before it may still rely:
     *            they stay contested.
     */
    Future<Void> leave(String node, Map<Integer, Integer> settled);

    /**
     * The deed of a partition.
     *
     * @param term how often it has been taken so far: while that stays the same, nobody else has served the partition
     * @param contested whether another node may still rely on it: it was taken from one, rather than after one had given
     *            it up
     */
    record Deed(int term, boolean contested) {
    }

    /**
     * What a node holds.
     *
     * @param deeds by partition
     * @param present the nodes that are there, this one among them, the eldest first
     * @param at when that was so, by the database's clock
     */
    record Holdings(Map<Integer, Deed> deeds, List<String> present, Instant at) {

        public static final Holdings NONE = new Holdings(Map.of(), List.of(), Instant.EPOCH);
    }
}
