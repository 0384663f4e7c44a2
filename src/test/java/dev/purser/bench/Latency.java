package dev.purser.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.purser.bench.load.Work;
import dev.purser.bench.rivals.RivalKind;

/** How long a spend takes: alone, and at rates that do not wait for answers. */
final class Latency {

    private static final int CONNECTIONS = 512;
    private static final int[] RATES = {500, 2_000, 10_000, 30_000};
    private static final int MOST_OF_RIVALS = 2_000;
    private static final double HELD = 0.95;

    private final Stage stage;
    private final Contest contest;
    private final Report report;

    Latency(Stage stage, Contest contest, Report report) {
        this.stage = stage;
        this.contest = contest;
        this.report = report;
    }

    void lonely() throws IOException {
        Work alone = Work.hot(1);
        stage.driven(stage.service(), Work.hot(64)).warmUp();
        List<Entrant> entrants = new ArrayList<>(List.of(stage.driven(stage.service(), alone)));
        for (RivalKind kind : RivalKind.values()) {
            if (kind.spends()) {
                stage.sizes(kind, alone).stream().limit(1).forEach(entrants::add);
            }
        }
        try (BareCommits insert = BareCommits.inserts(stage.postgres());
                BareCommits spend = BareCommits.spends(stage.postgres())) {
            entrants.add(insert);
            entrants.add(spend);
            Map<String, Series> series = contest.run("one lonely caller", entrants);
            report.heading("A lonely spend");
            report.text("One caller, one request at a time, in microseconds.");
            report.table(List.of("design", "p50", "p99", "p99.9"), rows(series));
            double seen = Throughput.found(series, "Purser").percentile(50)
                    / Throughput.found(series, spend.name()).percentile(50);
            report.target("a lonely spend over HTTP, against %s, at the median".formatted(spend.name()), "at most 2 x",
                    "%.2f x".formatted(seen), seen <= 2);
        }
    }

    void rates() throws IOException {
        report.heading("Latency at a given rate");
        report.text(
                "Open loop on one hot wallet: requests are due at a fixed rate whether or not earlier ones were answered,"
                        + " and latency counts from when a request was due, in microseconds.");
        Work closed = Work.hot(CONNECTIONS);
        stage.driven(stage.service(), closed).warmUp();
        System.out.println("\nWhich number of connections?");
        List<Contestant> rivals = new ArrayList<>();
        for (RivalKind kind : List.of(RivalKind.ROW_LOCK, RivalKind.STATEMENT)) {
            rivals.add(contest.best(stage.sizes(kind, closed)).contestant());
        }
        List<List<String>> rows = new ArrayList<>();
        for (int rate : RATES) {
            Work work = closed.atRate(rate);
            List<Entrant> entrants = new ArrayList<>(List.of(stage.driven(stage.service(), work)));
            if (rate <= MOST_OF_RIVALS) {
                rivals.forEach(rival -> entrants.add(stage.driven(rival, work)));
            }
            for (Series each : contest.run("%,d spends a second are due".formatted(rate), entrants).values()) {
                boolean held = each.perSecond() >= HELD * rate;
                List<String> row = new ArrayList<>(List.of("%,d".formatted(rate), each.contestant(),
                        held ? "yes" : "no, %,.0f".formatted(each.perSecond())));
                row.addAll(percentiles(each));
                rows.add(row);
            }
        }
        report.table(List.of("due a second", "design", "held", "p50", "p99", "p99.9"), rows);
    }

    private static List<List<String>> rows(Map<String, Series> series) {
        List<List<String>> rows = new ArrayList<>();
        for (Series each : series.values()) {
            List<String> row = new ArrayList<>(List.of(each.contestant()));
            row.addAll(percentiles(each));
            rows.add(row);
        }
        return rows;
    }

    private static List<String> percentiles(Series series) {
        return List.of("%,.0f".formatted(series.percentile(50)), "%,.0f".formatted(series.percentile(99)),
                "%,.0f".formatted(series.percentile(99.9)));
    }
}
