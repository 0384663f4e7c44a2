package dev.purser.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import dev.purser.support.ClientLog;
import dev.purser.support.Load;
import dev.purser.support.LogChecker;

/** One fault on a cluster under load, and the checker afterwards. */
final class FaultRun {

    private static final int NODES = 3;
    private static final int MOST_NODES = 5;
    private static final int CLIENTS = 24;
    private static final int BEFORE = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Fault fault;
    private final long seed;
    private final List<String> wallets;

    FaultRun(Fault fault, long seed) {
        this.fault = fault;
        this.seed = seed;
        this.wallets = Load.wallets(fault.text().replace(' ', '-') + "-" + seed, 24);
    }

    /**
     * What was seen, once all laws were found to hold.
     *
     * @param served how long after the strike the last wallet was served again
     * @param mostCalls how often one and the same thing was asked for at most
     */
    record Result(Fault fault, long seed, int acknowledged, Duration served, long mostCalls) {

        @Override
        public String toString() {
            return "%s, seed %d: %,d acknowledged, none lost or doubled; every wallet served again after %.1f s, "
                    .formatted(fault.text(), seed, acknowledged, served.toMillis() / 1e3)
                    + "at most %d calls for one thing".formatted(mostCalls);
        }
    }

    /** A cluster of its own, gone when it is over. */
    Result run() throws Exception {
        try (Cluster cluster = Cluster.start(fault.text().replace(' ', '-'), NODES, MOST_NODES)) {
            return on(cluster);
        }
    }

    private Result on(Cluster cluster) throws Exception {
        ClientLog log = new ClientLog();
        Load load = Load.start(log, cluster.clients(), wallets, CLIENTS, seed);
        long begun = System.nanoTime();
        await("every wallet").atMost(PATIENCE)
                .until(() -> log.servedSince(begun).containsAll(wallets) && log.acknowledged().size() > BEFORE);
        long struck = System.nanoTime();
        fault.strike(cluster, new Random(seed));
        await("every wallet").atMost(PATIENCE).until(() -> log.servedSince(struck).containsAll(wallets));
        fault.repair(cluster);
        long repaired = System.nanoTime();
        await("every wallet").atMost(PATIENCE).until(() -> log.servedSince(repaired).containsAll(wallets));
        load.finish();
        LogChecker.check(log, cluster.tables());
        Result result = new Result(fault, seed, log.acknowledged().size(),
                Duration.ofNanos(log.nanosUntilServed(wallets, struck)), log.mostCallsSince(struck));
        System.out.println(result);
        if (result.served().compareTo(fault.servedWithin()) > 0) {
            throw new IOException("Expected every wallet to be served again within " + fault.servedWithin() + ", but "
                    + result);
        }
        return result;
    }
}
