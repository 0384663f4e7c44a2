package dev.purser.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import dev.purser.bench.load.Target;
import dev.purser.bench.load.Work;
import dev.purser.support.LawChecker;
import dev.purser.support.TestDatabase;

/** A million wallets: what it costs to bring one into memory, and what it weighs there. */
final class Idle {

    private static final String DATABASE = "cold";
    private static final int WALLETS = 1_000_000;
    private static final double MOST_MEGABYTES = 400;
    private static final Duration SLICE = Duration.ofSeconds(4);
    /** What was under way at the end of a slice has been activated too. */
    private static final int CALLERS = 512;
    private static final List<String> JVM = List.of("-Xms2g", "-Xmx2g", "-XX:+UseParallelGC");

    private final Stage stage;
    private final Report report;

    Idle(Stage stage, Report report) {
        this.stage = stage;
        this.report = report;
    }

    void run() throws IOException, InterruptedException {
        System.out.println("\nA million cold wallets");
        Contestant service = stage.service("Purser", DATABASE, WALLETS, 1, JVM);
        Work work = Work.hot(CALLERS).over(Target.SEQUENCE, WALLETS).byBackend();
        int next = 0;
        // What was used once is part of the service, not of the wallets.
        next += count(stage.driven(service, work.from(next)).work(SLICE, 1));
        long before = service.liveBytes();
        int first = next;
        Sample spends = stage.driven(service, work.from(next)).work(SLICE, 1);
        next += count(spends);
        System.out.printf("  spends, each on a cold wallet: %,.0f/s%n", spends.heard().perSecond());
        Work looks = work.looking(-1);
        Sample looking = spends;
        while (next < WALLETS - CALLERS) {
            looking = stage.driven(service, looks.over(Target.SEQUENCE, WALLETS).from(next))
                    .work(next < WALLETS - 100_000 ? SLICE : Duration.ofMillis(500), 1);
            next += count(looking);
        }
        double bytes = (service.liveBytes() - before) / (double) (next - first);
        double megabytes = bytes * WALLETS / 1e6;
        report.heading("A million wallets");
        report.text(
                "Each spend on a wallet that is not in memory: %,.0f a second (p50 %.1f ms). An idle wallet in memory:"
                        .formatted(spends.heard().perSecond(), spends.heard().percentile(50) / 1e3)
                        + " %.0f bytes of heap, measured over %,d of them after a full collection.".formatted(bytes,
                                next - first));
        System.out.println("  checking the laws of this ledger");
        LawChecker.check(TestDatabase.at(stage.postgres().url(DATABASE)));
        report.target("a million idle wallets in memory", "at most 400 MB", "%.0f MB".formatted(megabytes),
                megabytes <= MOST_MEGABYTES);
    }

    private static int count(Sample sample) {
        return (int) (sample.heard().spends() + sample.heard().looks());
    }
}
