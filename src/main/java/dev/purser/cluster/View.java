package dev.purser.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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
    private static final Pattern LANE_COUNT = Pattern.compile("[1-9]\\d{0,5}");
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
        int lanes = owner == null ? 0 : lanes(owner.getAttribute(LANES));
        return nodeId == null || lanes == 0 ? null : new Owner(nodeId, partition.getPartitionId() % lanes);
    }

    /** How many lanes a member says that it has; 0 for one that makes no sense and so is none of our nodes. */
    static int lanes(@Nullable String told) {
        return told != null && LANE_COUNT.matcher(told).matches() ? Integer.parseInt(told) : 0;
    }
}
