package dev.purser.cluster;

import java.time.Duration;
import java.util.List;

/**
 * How nodes find each other.
 *
 * @param port where this node listens for others
 * @param members {@code host:port} of nodes to join, or {@code dns:<service>}; empty for a cluster of one
 * @param delivery how long an answer from another node may take
 * @param inFlightPerPeer how many operations may be under way to one other node
 */
public record ClusterSettings(int port, List<String> members, int lanes, Duration delivery, int inFlightPerPeer) {
}
