package dev.purser.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.Partition;

/**
 * The cluster as Hazelcast sees it from here.
 *
 * @param owners the lane that each partition is meant for; those that nobody owns are missing
 * @param nodes the ids of the nodes in sight
 */
record View(Map<Integer, Owner> owners, Set<String> nodes) {

    /** What each node tells about itself. */
    static final String LANES = "purser.lanes";
    private static final String NODE_ID = "__vertx.nodeId";

    /** A lane of a node. */
    record Owner(String nodeId, int lane) {
    }

    static View of(HazelcastInstance hazelcast) {
        Map<Integer, Owner> owners = new HashMap<>();
        for (Partition partition : hazelcast.getPartitionService().getPartitions()) {
            Owner owner = owner(partition);
            if (owner != null) {
                owners.put(partition.getPartitionId(), owner);
            }
        }
        return new View(owners, hazelcast.getCluster().getMembers().stream()
                .map(member -> String.valueOf(member.getAttribute(NODE_ID)))
                .collect(Collectors.toUnmodifiableSet()));
    }

    private static @Nullable Owner owner(Partition partition) {
        Member owner = partition.getOwner();
        String nodeId = owner == null ? null : owner.getAttribute(NODE_ID);
        String lanes = owner == null ? null : owner.getAttribute(LANES);
        return nodeId == null || lanes == null
                ? null
                : new Owner(nodeId, partition.getPartitionId() % Integer.parseInt(lanes));
    }
}
