package dev.purser.cluster;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

import dev.purser.lane.Ownership;

/**
 * Who owns which partition, as a table that any thread may read without asking Hazelcast. It is read anew on every
 * membership, migration and lifecycle event, and each second besides, since events can be lost.
 */
public final class Territory implements Ownership, AutoCloseable {

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
    private final Set<Integer> disturbed = ConcurrentHashMap.newKeySet();
    private final int[] terms = new int[Partitions.COUNT];
    private final AtomicBoolean readIsDue = new AtomicBoolean();
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
                IntStream.range(0, Partitions.COUNT).forEach(disturbed::add);
                readSoon();
            }
        });
        read();
        every = reader.scheduleWithFixedDelay(this::read, 1, 1, TimeUnit.SECONDS);
    }

    Home homeOf(String walletId) {
        return homes[Partitions.of(walletId)];
    }

    @Override
    public int term(String walletId) {
        return homeOf(walletId) instanceof Home.Here here && !leaving ? here.term() : NONE;
    }

    @Override
    public boolean isFresh(String walletId) {
        return homeOf(walletId) instanceof Home.Here here && here.isFresh();
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
        if (readIsDue.getAndSet(true)) {
            return;
        }
        try {
            reader.execute(this::read);
        } catch (RejectedExecutionException closed) {
            LOG.debug("Not reading who owns what any more", closed);
        }
    }

    private void read() {
        readIsDue.set(false);
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
        return ownerId.equals(nodeId) ? here(partition.getPartitionId(), lane) : new Home.There(ownerId, lane);
    }

    /** The same term as before, unless it was away: seen elsewhere, or moved in between by what events tell. */
    private Home here(int partition, int lane) {
        boolean moved = disturbed.remove(partition);
        if (!moved && homes[partition] instanceof Home.Here before) {
            return before;
        }
        terms[partition]++;
        return new Home.Here(lane, terms[partition], System.nanoTime());
    }

    private void publish(Home[] read, Set<String> present) {
        boolean moved = !Arrays.equals(homes, read);
        boolean changed = !members.equals(present);
        homes = read;
        members = present;
        if (moved) {
            watchers.forEach(Territory::tell);
        }
        if (changed) {
            LOG.info("The cluster has {} node{}", present.size(), present.size() == 1 ? "" : "s");
            memberWatchers.forEach(watcher -> tell(() -> watcher.accept(present)));
        }
    }

    private static void tell(Runnable watcher) {
        try {
            watcher.run();
        } catch (RuntimeException bug) {
            LOG.error("Could not tell that the territory has changed", bug);
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
            if (event.getReplicaIndex() == 0) {
                disturbed.add(event.getPartitionId());
            }
            readSoon();
        }

        @Override
        public void replicaMigrationFailed(ReplicaMigrationEvent event) {
            replicaMigrationCompleted(event);
        }
    }
}
