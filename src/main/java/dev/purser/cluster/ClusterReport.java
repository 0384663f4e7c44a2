package dev.purser.cluster;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The cluster, as one node sees it.
 *
 * @param nodeId whose view this is
 * @param homeless partitions that it knows no owner of
 * @param nodes all that are in sight, by their ids
 */
public record ClusterReport(String nodeId, int homeless, List<Node> nodes) {

    /**
     * A node.
     *
     * @param heard whether it said in time how it is
     */
    public record Node(String id, boolean heard, List<Lane> lanes) {

        public int partitions() {
            return lanes.stream().mapToInt(Lane::partitions).sum();
        }
    }

    /**
     * A lane of it.
     *
     * @param report null if the node was not heard
     */
    public record Lane(int number, int partitions, @Nullable LaneReport report) {
    }
}
