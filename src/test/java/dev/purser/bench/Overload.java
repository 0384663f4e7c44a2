package dev.purser.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import dev.purser.bench.load.Heard;
import dev.purser.bench.load.Target;
import dev.purser.bench.load.Work;
import dev.purser.support.LawChecker;
import dev.purser.support.TestDatabase;

/** Three times as much as the service can do is asked of it, for minutes. */
final class Overload {

    private static final String DATABASE = "overload";
    private static final int WALLETS = 10_000;
    /** In percent of the time. It is the database that cannot keep up, and so the lanes, which can say so. */
    private static final int DATABASE_RUNS = 5;
    private static final List<Integer> CALLERS = List.of(512, 1_024, 1_536, 2_048);
    private static final int CONNECTIONS = 16_384;
    private static final int TIMES = 3;
    /** One of so many that are carried out. */
    private static final int MOST_REFUSED = 10;
    private static final Duration TRY = Duration.ofSeconds(10);
    private static final Duration PEAK = Duration.ofSeconds(30);
    private static final Duration LASTING = Duration.ofMinutes(1);
    private static final double KEPT = 0.8;
    private static final double SLOWER = 2;
    private static final double LARGER = 1.2;
    private static final String HONEST = "HTTP/1.1 503";

    private final Stage stage;
    private final Report report;

    Overload(Stage stage, Report report) {
        this.stage = stage;
        this.report = report;
    }

    void run() throws IOException, InterruptedException {
        System.out.println("\nThree times as much as it can do");
        Contestant service = stage.service("Purser", DATABASE, WALLETS, 1, Processes.JVM);
        Work any = Work.hot(CALLERS.getFirst()).over(Target.UNIFORM, WALLETS);
        stage.driven(service, any).warmUp();
        stage.keepApart(service);
        try (Starved _ = Starved.to(DATABASE_RUNS, ProcessHandle.of(service.storePid()).orElseThrow())) {
            drown(service, any);
        }
        System.out.println("  checking the laws of this ledger");
        LawChecker.check(TestDatabase.at(stage.postgres().url(DATABASE)));
    }

    /** The peak is measured before and after, since the machine is not as fast at one time as at another. */
    private void drown(Contestant service, Work any) throws IOException, InterruptedException {
        Work best = best(service, any);
        Heard peak = told("at its peak", service, best, PEAK);
        Work open = any.with(CONNECTIONS).atRate((int) (TIMES * peak.perSecond()));
        String due = "%,d a second are due".formatted(open.perSecond());
        Heard first = told(due, service, open, LASTING);
        long before = service.liveBytes();
        Heard second = told(due, service, open, LASTING);
        long after = service.liveBytes();
        Heard again = told("at its peak again", service, best, PEAK);
        report.heading("Three times as much as it can do");
        report.text(
                ("Any of %,d wallets; PostgreSQL runs in %d %% of the time, so that it is what cannot keep up. At the peak"
                        + " there are %,d callers, the best of %s of whom hardly any was refused in ten seconds; then three"
                        + " times as much is due for two minutes, and then the peak is measured once more: what is compared"
                        + " is the mean of both. Latency of what was carried out, in milliseconds, from when it was due.")
                        .formatted(WALLETS, DATABASE_RUNS, best.callers(), CALLERS));
        report.table(List.of("", "carried out a second", "refused with 503 a second", "p50", "p99"),
                List.of(row("at its peak", peak), row("drowned, the first minute", first),
                        row("drowned, the second minute", second), row("at its peak again", again)));
        double kept = Math.min(first.perSecond(), second.perSecond())
                / mean(peak.perSecond(), again.perSecond());
        report.target("carried out at three times the capacity, of the peak", "80 %", "%.0f %%".formatted(kept * 100),
                kept >= KEPT);
        double slower = Math.max(first.percentile(99), second.percentile(99))
                / mean(peak.percentile(99), again.percentile(99));
        report.target("p99 of what is carried out then, against that at the peak", "at most 2 x",
                "%.1f x".formatted(slower), slower <= SLOWER);
        double larger = (double) after / before;
        report.target("on the heap after the second minute, against after the first", "at most 1.2 x",
                "%.2f x (%.0f MB)".formatted(larger, after / 1e6), larger <= LARGER);
    }

    private static double mean(double one, double other) {
        return (one + other) / 2;
    }

    /**
     * The callers of whom most is carried out, and hardly any is refused: whoever is refused here comes again at once, and
     * that would be a flood already. What was carried out meanwhile is not the peak, the most of several is so by chance
     * as well.
     */
    private Work best(Contestant service, Work any) throws IOException {
        Work best = any.with(CALLERS.getFirst());
        double most = 0;
        for (int callers : CALLERS) {
            Work work = any.with(callers);
            Heard heard = told("%d callers".formatted(callers), service, work, TRY);
            boolean hardlyRefused = heard.failed() * MOST_REFUSED < heard.spends();
            if (hardlyRefused && heard.perSecond() > most) {
                best = work;
                most = heard.perSecond();
            }
        }
        return best;
    }

    private Heard told(String when, Contestant service, Work work, Duration lasting) throws IOException {
        Heard heard = stage.driven(service, work).heard(lasting, 1);
        System.out.printf("  %s: %,.0f/s, p50 %.0f ms, p99 %.0f ms, %,d refused%n", when, heard.perSecond(),
                heard.percentile(50) / 1e3, heard.percentile(99) / 1e3, heard.failed());
        if (heard.failed() > 0 && !heard.example().startsWith(HONEST)) {
            throw new IOException("Expected refusals with 503, but there is " + heard.example());
        }
        return heard;
    }

    private static List<String> row(String name, Heard heard) {
        return List.of(name, "%,.0f".formatted(heard.perSecond()), "%,.0f".formatted(heard.failed() / heard.seconds()),
                "%.0f".formatted(heard.percentile(50) / 1e3), "%.0f".formatted(heard.percentile(99) / 1e3));
    }
}
