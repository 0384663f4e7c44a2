package dev.purser.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

import org.awaitility.core.ConditionTimeoutException;

import dev.purser.support.ClientLog;
import dev.purser.support.LawChecker;
import dev.purser.support.Load;
import dev.purser.support.LogChecker;
import dev.purser.support.Pace;

/** One fault on a cluster under load, and the checker afterwards. */
final class FaultRun {

    private static final int WALLETS = 24;
    /** Two slow processors have as much to spare as it takes to start a node beside it. */
    private static final int PER_SECOND = 200;
    private static final int BEFORE = 500;
    private static final Duration LATELY = Duration.ofSeconds(1);
    private static final Duration PROMPT = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Fault fault;
    private final long seed;
    private final List<String> wallets;
    private final ClientLog log = new ClientLog();

    FaultRun(Fault fault, long seed) {
        this.fault = fault;
        this.seed = seed;
        this.wallets = Load.wallets(fault.id() + "-" + seed, WALLETS);
    }

    /** On a cluster that is all right, and is so again afterwards. What was seen, once all laws were found to hold; perhaps it took too long. */
    Sighting on(Cluster cluster) throws IOException, InterruptedException {
        try (Buying buying = Buying.start(fault.id() + "-" + seed + "-buyer", cluster, seed);
                Onlookers onlookers = Onlookers.start(cluster, wallets);
                Load load = Load.start(log, cluster.clients(), wallets, Pace.arrivals(PER_SECOND), seed)) {
            return on(cluster, load, buying, onlookers);
        }
    }

    private Sighting on(Cluster cluster, Load load, Buying buying, Onlookers onlookers)
            throws IOException, InterruptedException {
        Scene scene = new Scene(cluster, wallets, log, new Random(seed));
        awaitServed(load, System.nanoTime());
        await("a cluster at work").atMost(PATIENCE).until(this::isAtWork);
        long struck = System.nanoTime();
        fault.strike(scene);
        long expected = fault.servesMeanwhile() ? struck : System.nanoTime();
        awaitServed(load, expected);
        fault.aftermath(scene);
        cluster.restore();
        awaitServed(load, System.nanoTime());
        load.finish();
        buying.finish();
        await("an empty post").atMost(PATIENCE).until(() -> LawChecker.isPostEmpty(cluster.tables()));
        LogChecker.check(log, cluster.tables(), wallets);
        buying.check(cluster.tables());
        onlookers.check(cluster.tables());
        Sighting seen = new Sighting(fault, seed, log.acknowledged().size(),
                Duration.ofNanos(log.nanosUntilServed(wallets, expected)), log.longestWaitSince(struck),
                log.mostCallsSince(struck));
        if (!seen.isInTime()) {
            System.out.printf("Late: expected at most %s, and %d calls for one thing; the slowest calls: %s%n",
                    fault.servedWithin(), fault.mostCalls(), log.slowestSince(struck));
            System.out.printf("What was asked for most often: %s%n", log.mostAskedSince(struck));
        }
        if (!fault.leavesDoubt()) {
            assertThat(LogChecker.carriedOutUnheard(log, cluster.tables())).as("carried out, but not answered")
                    .isEmpty();
        }
        return seen;
    }

    /** Nodes that have just started are slow at first, and a fault shall meet them as they mostly are. */
    private boolean isAtWork() {
        return log.acknowledged().size() > BEFORE
                && log.longestHeardSince(System.nanoTime() - LATELY.toNanos()).compareTo(PROMPT) < 0;
    }

    private void awaitServed(Load load, long since) throws InterruptedException {
        load.visitAll();
        try {
            await("every wallet").atMost(PATIENCE).until(() -> log.servedSince(since).containsAll(wallets));
        } catch (ConditionTimeoutException never) {
            Set<String> served = log.servedSince(since);
            List<String> unserved = wallets.stream().filter(Predicate.not(served::contains)).toList();
            throw new AssertionError("Expected every wallet to be served, but not so were " + unserved
                    + ". What was heard of them last: " + log.lastHeardOf(unserved), never);
        }
    }
}
