package dev.purser.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.purser.bench.load.Target;
import dev.purser.bench.load.Work;
import dev.purser.bench.rivals.RivalKind;

/** One creator, tipped by a thousand fans at once. */
final class Tips {

    private static final int FANS = 1_000;
    private static final double WANTED = 15;
    static final Work WORK = Work.hot(FANS).over(Target.UNIFORM, FANS).tipping();

    private final Stage stage;
    private final Contest contest;
    private final Report report;

    Tips(Stage stage, Contest contest, Report report) {
        this.stage = stage;
        this.contest = contest;
        this.report = report;
    }

    void run() throws IOException {
        List<Driven> entrants = new ArrayList<>(List.of(stage.driven(stage.service(), WORK)));
        for (RivalKind kind : List.of(RivalKind.TIP, RivalKind.TIP_LAST)) {
            System.out.printf("%n%s: which number of connections?%n", kind.title());
            entrants.add(contest.best(stage.sizes(kind, WORK)));
        }
        Map<String, Series> series = contest.run("one creator, 1,000 fans", entrants);
        Series ours = Throughput.found(series, "Purser");
        report.heading("Tips");
        report.text(
                "One creator, tipped by 1,000 fans at once, each on a connection of their own. The rivals do it all in"
                        + " one transaction: lock the fan's row, update both wallets and the creator's total, insert two entries and"
                        + " an earning; in that order, or with what all fans contend for at the end. Purser answers when the tip is"
                        + " durable and the creator's wallet has taken it in.");
        List<List<String>> rows = new ArrayList<>();
        series.values().forEach(each -> rows.add(List.of(each.contestant(), "%,.0f".formatted(each.perSecond()),
                each.spread(), "%.1f x".formatted(ours.perSecond() / each.perSecond()),
                "%.1f / %.1f".formatted(each.percentile(50) / 1e3, each.percentile(99) / 1e3),
                "%.1f".formatted(each.serviceMicros()), "%.1f".formatted(each.storeMicros()),
                "%,.0f".formatted(each.walBytes()), "%.3f".formatted(each.commits()))));
        report.table(List.of("design", "a second", "spread", "Purser does", "p50 / p99, ms", "service, us", "store, us",
                "log, bytes", "commits"), rows);
        double seen = ours.perSecond() / Throughput.found(series, RivalKind.TIP.title()).perSecond();
        report.target("one creator tipped by 1,000 fans, against the row-lock tip", "%.0f x".formatted(WANTED),
                "%.1f x".formatted(seen), seen >= WANTED);
    }
}
