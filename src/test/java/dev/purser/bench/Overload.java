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
    private static final int WALLETS = 100_000;
    private static final int CALLERS = 512;
    private static final int CONNECTIONS = 4_096;
    private static final int TIMES = 3;
    private static final Duration PEAK = Duration.ofSeconds(10);
    private static final Duration LASTING = Duration.ofMinutes(2);
    private static final double KEPT = 0.8;
    private static final double SLOWER = 2;
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
        Work closed = Work.hot(CALLERS).over(Target.ZIPF, WALLETS);
        stage.warm(service, closed);
        stage.keepApart(service);
        Heard peak = told("at its peak", service, closed, PEAK);
        long before = service.liveBytes();
        Work open = closed.with(CONNECTIONS).atRate((int) (TIMES * peak.perSecond()));
        Heard drowned = told("%,d a second are due".formatted(open.perSecond()), service, open, LASTING);
        long after = service.liveBytes();
        Heard again = told("at its peak again", service, closed, PEAK);
        if (drowned.failed() > 0 && !drowned.example().startsWith(HONEST)) {
            throw new IOException("Expected refusals with 503, but there is " + drowned.example());
        }
        report.heading("Three times as much as it can do");
        report.text(
                "Zipf 1.0 over %,d wallets; the service and PostgreSQL have one processor, the load another. %d callers make the peak; then three times as much is due for %d minutes."
                        .formatted(WALLETS, CALLERS, LASTING.toMinutes())
                        + " Latency of what was carried out, in milliseconds, from when it was due.");
        report.table(List.of("", "carried out a second", "refused with 503 a second", "p50", "p99"),
                List.of(row("at its peak", peak), row("drowned", drowned), row("at its peak again", again)));
        report.text("On the heap after a full collection: %.0f MB before, %.0f MB after.".formatted(before / 1e6,
                after / 1e6));
        System.out.println("  checking the laws of this ledger");
        LawChecker.check(TestDatabase.at(stage.postgres().url(DATABASE)));
        double kept = drowned.perSecond() / peak.perSecond();
        report.target("carried out at three times the capacity, of the peak", "80 %", "%.0f %%".formatted(kept * 100),
                kept >= KEPT);
        double slower = drowned.percentile(99) / peak.percentile(99);
        report.target("p99 of what is carried out then, against that at the peak", "at most 2 x",
                "%.1f x".formatted(slower), slower <= SLOWER);
    }

    private Heard told(String when, Contestant service, Work work, Duration lasting) throws IOException {
        Heard heard = stage.driven(service, work).heard(lasting, 1);
        System.out.printf("  %s: %,.0f/s, p50 %.0f ms, p99 %.0f ms, %,d refused%n", when, heard.perSecond(),
                heard.percentile(50) / 1e3, heard.percentile(99) / 1e3, heard.failed());
        return heard;
    }

    private static List<String> row(String name, Heard heard) {
        return List.of(name, "%,.0f".formatted(heard.perSecond()), "%,.0f".formatted(heard.failed() / heard.seconds()),
                "%.0f".formatted(heard.percentile(50) / 1e3), "%.0f".formatted(heard.percentile(99) / 1e3));
    }
}
