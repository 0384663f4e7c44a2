package dev.purser.cluster;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.Partition;
import com.hazelcast.partition.ReplicaMigrationEvent;

/**
 * Who owns which partition, as a table that any thread may read without asking Hazelcast. It is read anew on every
 * membership, migration and lifecycle event, and each second besides, since events can be lost.
 */
public final class Territory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Territory.class);
    private static final String NODE_ID = "__vertx.nodeId";
    static final String LANES = "purser.lanes";

    private final HazelcastInstance hazelcast;
    private final String nodeId;
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("purser-territory").factory());
    private final CopyOnWriteArrayList<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Consumer<Set<String>>> memberWatchers = new CopyOnWriteArrayList<>();
    private volatile Home[] homes = nowhere();
    private volatile Set<String> members = Set.of();
    private volatile boolean leaving;
    private @Nullable ScheduledFuture<?> every;

    Territory(HazelcastInstance hazelcast, String nodeId) {
        this.hazelcast = hazelcast;
        this.nodeId = nodeId;
    }

    /** Reads the table once, and keeps it up to date from then on. Blocks. */
    void start() {
        hazelcast.getCluster().addMembershipListener(new MembershipAdapter() {
            @Override
            public void memberAdded(MembershipEvent event) {
                readSoon();
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                readSoon();
            }
        });
        hazelcast.getPartitionService().addMigrationListener(new ReadOnMigration());
        hazelcast.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
                readSoon();
            }
        });
        read();
        every = reader.scheduleWithFixedDelay(this::read, 1, 1, TimeUnit.SECONDS);
    }

    Home homeOf(String walletId) {
        return homes[Partitions.of(walletId)];
    }

    /** Whether a wallet lives on this node. */
    public boolean owns(String walletId) {
        return homeOf(walletId) instanceof Home.Here && !leaving;
    }

    /** Whether every partition has an owner. */
    public boolean isComplete() {
        return Arrays.stream(homes).noneMatch(Home.Nowhere.class::isInstance);
    }

    public Set<String> members() {
        return members;
    }

    /** Runs {@code watcher} after each change of the table, on a thread of its own. */
    void onChange(Runnable watcher) {
        watchers.add(watcher);
    }

    /** Tells {@code watcher} the ids of the nodes that are there, whenever they change. */
    void onMembers(Consumer<Set<String>> watcher) {
        memberWatchers.add(watcher);
    }

    /** Reads the table anew, because it was seen to be wrong. */
    void readSoon() {
        try {
            reader.execute(this::read);
        } catch (RejectedExecutionException closed) {
            LOG.debug("Not reading who owns what any more", closed);
        }
    }

    private void read() {
        try {
            Home[] read = nowhere();
            for (Partition partition : hazelcast.getPartitionService().getPartitions()) {
                read[partition.getPartitionId()] = home(partition);
            }
            Set<String> present = hazelcast.getCluster().getMembers().stream()
                    .map(member -> String.valueOf(member.getAttribute(NODE_ID)))
                    .collect(Collectors.toUnmodifiableSet());
            publish(read, present);
        } catch (HazelcastInstanceNotActiveException leaving) {
            publish(nowhere(), Set.of());
        } catch (RuntimeException unexpected) {
            LOG.error("Could not read who owns what, trying again", unexpected);
        }
    }

    private Home home(Partition partition) {
        Member owner = partition.getOwner();
        String ownerId = owner == null ? null : owner.getAttribute(NODE_ID);
        String lanes = owner == null ? null : owner.getAttribute(LANES);
        if (ownerId == null || lanes == null) {
            return new Home.Nowhere();
        }
        int lane = partition.getPartitionId() % Integer.parseInt(lanes);
        return ownerId.equals(nodeId) ? new Home.Here(lane) : new Home.There(ownerId, lane);
    }

    private void publish(Home[] read, Set<String> present) {
        boolean moved = !Arrays.equals(homes, read);
        boolean changed = !members.equals(present);
        homes = read;
        members = present;
        if (changed) {
            LOG.info("The cluster has {} nodes", present.size());
            memberWatchers.forEach(watcher -> watcher.accept(present));
        }
        if (moved) {
            watchers.forEach(Runnable::run);
        }
    }

    private static Home[] nowhere() {
        Home[] homes = new Home[Partitions.COUNT];
        Arrays.fill(homes, new Home.Nowhere());
        return homes;
    }

    @Override
    public void close() {
        leaving = true;
        if (every != null) {
            every.cancel(false);
        }
        reader.shutdownNow();
    }

    private final class ReadOnMigration implements MigrationListener {

        @Override
        public void migrationStarted(MigrationState state) {
            readSoon();
        }

        @Override
        public void migrationFinished(MigrationState state) {
            readSoon();
        }

        @Override
        public void replicaMigrationCompleted(ReplicaMigrationEvent event) {
            readSoon();
        }

        @Override
        public void replicaMigrationFailed(ReplicaMigrationEvent event) {
            readSoon();
        }
    }
}
