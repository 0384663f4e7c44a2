package dev.purser.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.purser.bench.load.Target;
import dev.purser.bench.load.Work;
import dev.purser.bench.rivals.RivalKind;

/** Spends a second, against each rival with the number of connections that suits it best. */
final class Throughput {

    private static final int LOOKS = 3;
    private static final Map<String, Work> SHAPES = shapes();

    private final Stage stage;
    private final Contest contest;
    private final Report report;
    private final Chart chart = new Chart("Spends a second over HTTP");
    private final List<List<String>> costs = new ArrayList<>();

    Throughput(Stage stage, Contest contest, Report report) {
        this.stage = stage;
        this.contest = contest;
        this.report = report;
    }

    private static Map<String, Work> shapes() {
        Map<String, Work> shapes = new LinkedHashMap<>();
        for (int callers : new int[]{64, 512}) {
            shapes.put("one hot wallet, %d callers".formatted(callers), Work.hot(callers));
            shapes.put("100,000 wallets, %d callers".formatted(callers),
                    Work.hot(callers).over(Target.UNIFORM, Stage.WALLETS));
        }
        Work many = Work.hot(512);
        shapes.put("Zipf 1.0 over 100,000 wallets, 512 callers", many.over(Target.ZIPF, Stage.WALLETS));
        shapes.put("100,000 wallets, 3 looks for each spend, 512 callers",
                many.over(Target.UNIFORM, Stage.WALLETS).looking(LOOKS));
        return shapes;
    }

    void run() throws IOException {
        report.heading("Throughput");
        report.text(
                "Closed loop: each caller sends its next request as soon as it is answered. Requests a second, median of"
                        + " the rounds (least and most beside it); each rival with the number of connections that was best for it.");
        for (Map.Entry<String, Work> shape : SHAPES.entrySet()) {
            if (Plan.wants(shape.getKey())) {
                run(shape.getKey(), shape.getValue());
            }
        }
        report.chart("throughput", "Spends a second by shape of load and design", chart);
        report.heading("Cost");
        report.text(
                "Per request: processor time of the service and of what keeps its data, bytes of PostgreSQL's write-ahead"
                        + " log, and commits (a batch is one statement, one round trip and one commit).");
        report.table(List.of("load", "design", "service, us", "store, us", "log, bytes", "commits"), costs);
    }

    private void run(String shape, Work work) throws IOException {
        List<Driven> entrants = new ArrayList<>(List.of(stage.driven(stage.service(), work)));
        Map<String, Integer> connections = new LinkedHashMap<>();
        System.out.printf("%n%s: which number of connections?%n", shape);
        for (RivalKind kind : RivalKind.values()) {
            List<Driven> sizes = kind.spends() ? stage.sizes(kind, work) : List.of();
            if (!sizes.isEmpty()) {
                Driven best = sizes.size() == 1 ? sizes.getFirst() : contest.best(sizes);
                entrants.add(best);
                if (kind.isRival()) {
                    connections.put(best.name(), best.contestant().connections());
                }
            }
        }
        Map<String, Series> series = contest.run(shape, entrants);
        Series ours = found(series, "Purser");
        List<List<String>> rows = new ArrayList<>();
        series.forEach((name, each) -> {
            rows.add(List.of(name, each.perSecond() > 0 ? "%,.0f".formatted(each.perSecond()) : "-", each.spread(),
                    name.equals("Purser") ? "" : "%.1f x".formatted(ours.perSecond() / each.perSecond()),
                    "%.1f / %.1f".formatted(each.percentile(50) / 1e3, each.percentile(99) / 1e3),
                    !connections.containsKey(name)
                            ? ""
                            : String.valueOf(connections.get(name))));
            costs.add(List.of(shape, name, "%.1f".formatted(each.serviceMicros()), "%.1f".formatted(each.storeMicros()),
                    "%,.0f".formatted(each.walBytes()), "%.3f".formatted(each.commits())));
            if (work.looks() == 0) {
                chart.bar(shape, name, each.perSecond());
            }
        });
        report.text("**" + shape + "**");
        report.table(List.of("design", "a second", "spread", "Purser does", "p50 / p99, ms", "connections"), rows);
        judge(shape, series, ours);
    }

    private void judge(String shape, Map<String, Series> series, Series ours) {
        switch (shape) {
            case "one hot wallet, 64 callers" -> {
                times(shape, ours, series, RivalKind.ROW_LOCK, 30);
                share(shape, ours, series);
            }
            case "one hot wallet, 512 callers" -> {
                times(shape, ours, series, RivalKind.ROW_LOCK, 45);
                times(shape, ours, series, RivalKind.STATEMENT, 14);
                times(shape, ours, series, RivalKind.REDIS, 1);
                share(shape, ours, series);
            }
            case "100,000 wallets, 512 callers" -> {
                times(shape, ours, series, RivalKind.ROW_LOCK, 7);
                times(shape, ours, series, RivalKind.STATEMENT, 3);
                times(shape, ours, series, RivalKind.REDIS, 1);
            }
            default -> {
                // Shown, but nothing was aimed at.
            }
        }
    }

    private void times(String shape, Series ours, Map<String, Series> series, RivalKind rival, double wanted) {
        if (series.containsKey(rival.title())) {
            double seen = ours.perSecond() / found(series, rival.title()).perSecond();
            report.target("%s, against %s".formatted(shape, rival.title()), "%.0f x".formatted(wanted),
                    "%.1f x".formatted(seen), seen >= wanted);
        }
    }

    private void share(String shape, Series ours, Map<String, Series> series) {
        double seen = 100 * ours.perSecond() / found(series, RivalKind.NOTHING.title()).perSecond();
        report.target("%s, as a share of an authenticated no-op".formatted(shape), "50 %", "%.0f %%".formatted(seen),
                seen >= 50);
    }

    static Series found(Map<String, Series> series, String name) {
        Series found = series.get(name);
        if (found == null) {
            throw new IllegalStateException("Expected " + name + " among " + series.keySet());
        }
        return found;
    }
}
