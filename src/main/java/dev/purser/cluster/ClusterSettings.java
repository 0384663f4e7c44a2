package dev.purser.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How nodes find each other, and how they know each other.
 *
 * @param name what the cluster is called; nodes of another name are not let in
 * @param host the address to listen at for other nodes; null for one that faces them
 * @param port where this node listens for others
 * @param busPort where it listens for what they ask of its wallets; 0 for a free one
 * @param members {@code host:port} of nodes to join, or {@code dns:<service>}; empty for a cluster of one
 * @param delivery how long an answer from another node may take
 * @param inFlightPerPeer how many operations may be under way to one other node
 * @param tls what proves that a node belongs here; null when whoever reaches the bus is believed
 */
public record ClusterSettings(String name, @Nullable String host, int port, int busPort, List<String> members,
        int lanes,
        Duration delivery, int inFlightPerPeer, @Nullable Tls tls) {

    /**
     * Twice as many event loops as lanes, and each serves clients. With one for each core a core falls idle whenever its
     * loop waits, and may stay so for a while though other threads wait for the other cores.
     */
    public int eventLoops() {
        return 2 * lanes;
    }

    /**
     * Files in PEM.
     *
     * @param certificate what this node shows to others, with what leads from it to the authority
     * @param key its private key
     * @param authority who must have signed the certificates of the others
     */
    public record Tls(Path certificate, Path key, Path authority) {
    }
}
