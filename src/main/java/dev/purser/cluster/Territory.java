package dev.purser.cluster;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.lane.Ownership;

/** Who owns which partition, as a table that any thread may read without asking anybody. {@link Surveyor} keeps it true. */
public final class Territory implements Ownership {

    private static final Logger LOG = LoggerFactory.getLogger(Territory.class);

    /** For so long an owner before may still have writes under way: its lanes' patience and deadlines, and some. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final CopyOnWriteArrayList<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Consumer<Set<String>>> memberWatchers = new CopyOnWriteArrayList<>();
    private final LongSupplier nanos;
    private volatile Table table;
    private boolean abandoned;
    private volatile Set<String> members = Set.of();
    private volatile Runnable doubts = () -> {
    };

    /** The homes of all partitions, and until when those that are here are surely here. */
    private static final class Table {

        private final Home[] homes;
        private final long sureUntil;
        private final Instant writableUntil;

        Table(Home[] homes, long sureUntil, Instant writableUntil) {
            this.homes = homes;
            this.sureUntil = sureUntil;
            this.writableUntil = writableUntil;
        }

        Home homeOf(String walletId) {
            return homes[Partitions.of(walletId)];
        }
    }

    /** @param nanos a clock that goes on while the process is stopped, as {@link System#nanoTime} does */
    Territory(LongSupplier nanos) {
        this.nanos = nanos;
        this.table = unknown();
    }

    private Table unknown() {
        Home[] homes = new Home[Partitions.COUNT];
        Arrays.fill(homes, new Home.Nowhere());
        return new Table(homes, nanos.getAsLong(), Instant.EPOCH);
    }

    Home homeOf(String walletId) {
        return table.homeOf(walletId);
    }

    @Override
    public int term(String walletId) {
        return homeOf(walletId) instanceof Home.Here here ? here.term() : NONE;
    }

    @Override
    public boolean isFresh(String walletId) {
        return homeOf(walletId) instanceof Home.Here here && nanos.getAsLong() - here.sinceNanos() < FRESH_NANOS;
    }

    @Override
    public boolean isSure(String walletId, int term) {
        Table now = table;
        return now.homeOf(walletId) instanceof Home.Here here && here.term() == term
                && now.sureUntil - nanos.getAsLong() > 0;
    }

    @Override
    public Instant writableUntil() {
        return table.writableUntil;
    }

    /** Whether every partition has an owner in sight. */
    public boolean isComplete() {
        return Arrays.stream(table.homes).allMatch(home -> home instanceof Home.Here || home instanceof Home.There);
    }

    /** How many partitions each lane has, as far as it is known; those here are the lanes of {@code self}. */
    Map<View.Owner, Integer> partitions(String self) {
        Map<View.Owner, Integer> counts = new HashMap<>();
        for (Home home : table.homes) {
            switch (home) {
                case Home.Here(var lane, var _, var _) -> counts.merge(new View.Owner(self, lane), 1, Integer::sum);
                case Home.There(var nodeId, var lane) -> counts.merge(new View.Owner(nodeId, lane), 1, Integer::sum);
                case Home.Nowhere _,Home.OutOfSight _ -> {
                    // Nobody's, as far as this node knows.
                }
            }
        }
        return counts;
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

    /** Runs {@code surveyor} when the table was seen to be wrong. */
    void onDoubt(Runnable surveyor) {
        doubts = surveyor;
    }

    /** Somebody saw that the table is wrong. */
    void doubt() {
        doubts.run();
    }

    synchronized void publish(Home[] homes, long sureUntil, Instant writableUntil, Set<String> present) {
        if (!abandoned) {
            replace(new Table(homes, sureUntil, writableUntil), present);
        }
    }

    private void replace(Table next, Set<String> present) {
        boolean moved = !Arrays.equals(table.homes, next.homes);
        boolean changed = !members.equals(present);
        table = next;
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

    /** It owns nothing any more, and never will again. */
    synchronized void abandon() {
        abandoned = true;
        replace(unknown(), members);
    }
}
