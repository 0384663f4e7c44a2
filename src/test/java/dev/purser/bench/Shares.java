package dev.purser.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.purser.bench.load.Target;
import dev.purser.bench.load.Work;
import dev.purser.support.NodeProcess;

/** The service against itself: with keys and without, on a long ledger and an empty one. */
final class Shares {

    private static final int ENTRIES_EACH = 100;
    private static final Work HOT = Work.hot(512);
    private static final Work UNIFORM = HOT.over(Target.UNIFORM, Stage.WALLETS);

    private static final Map<String, Work> SHAPES = new LinkedHashMap<>();

    static {
        SHAPES.put("one hot wallet, 64 callers", Work.hot(64));
        SHAPES.put("one hot wallet, 512 callers", HOT);
        SHAPES.put("100,000 wallets, 512 callers", UNIFORM);
    }

    private final Stage stage;
    private final Contest contest;
    private final Report report;

    Shares(Stage stage, Contest contest, Report report) {
        this.stage = stage;
        this.contest = contest;
        this.report = report;
    }

    /** A server under another name, so that it can compete with itself. */
    private record Named(String name, Entrant entrant) implements Entrant {
        @Override
        public void warmUp() throws IOException {
            entrant.warmUp();
        }

        @Override
        public Sample work(Duration lasting, long seed) throws IOException {
            return entrant.work(lasting, seed);
        }
    }

    void keyed() throws IOException {
        report.heading("With keys and without");
        for (Map.Entry<String, Work> shape : SHAPES.entrySet()) {
            compare(shape.getKey() + ", keyed against unkeyed", 60,
                    new Named("unkeyed", stage.driven(stage.service(), shape.getValue())),
                    new Named("keyed", stage.driven(stage.service(), shape.getValue().withKeys())));
        }
    }

    void ledger() throws IOException {
        report.heading("A long ledger");
        System.out.println("\nFilling a ledger with 10 million entries");
        Contestant empty = stage.service("on an empty ledger", "ledger_empty", Stage.WALLETS, 1, Processes.JVM);
        Contestant full = stage.service("on 10 million entries", "ledger_full", Stage.WALLETS, ENTRIES_EACH,
                Processes.JVM);
        stage.postgres().execute("postgres", "checkpoint");
        compare("one hot wallet, 512 callers, 10 million entries against none", 90, stage.driven(empty, HOT),
                stage.driven(full, HOT));
        compare("100,000 wallets, 512 callers, 10 million entries against none", 90, stage.driven(empty, UNIFORM),
                stage.driven(full, UNIFORM));
    }

    /**
     * The build at hand against the jar of another one with the same tables, which {@code bench.against} names; with the
     * options of the JVM that {@code bench.jvm} adds (with commas between them), or without.
     */
    void builds() throws IOException {
        report.heading("Two builds");
        Path other = Path.of(System.getProperty("bench.against", NodeProcess.JAR.toString()));
        Contestant before = stage.service("before", other, "build_before", Stage.WALLETS, 1, Processes.JVM);
        List<String> jvm = new ArrayList<>(Processes.JVM);
        jvm.addAll(
                Stream.of(System.getProperty("bench.jvm", "").split(",", -1)).filter(each -> !each.isEmpty()).toList());
        Contestant after = stage.service("after", NodeProcess.JAR, "build_after", Stage.WALLETS, 1, jvm);
        Map<String, Work> shapes = new LinkedHashMap<>(SHAPES);
        shapes.put("one creator, 1,000 fans", Tips.WORK);
        for (Map.Entry<String, Work> shape : shapes.entrySet()) {
            if (Plan.wants(shape.getKey())) {
                compare(shape.getKey() + ", after against before", 100, stage.driven(before, shape.getValue()),
                        stage.driven(after, shape.getValue()));
            }
        }
    }

    private void compare(String title, double wanted, Entrant one, Entrant other) throws IOException {
        Map<String, Series> series = contest.run(title, List.of(one, other));
        double base = Throughput.found(series, one.name()).perSecond();
        double seen = 100 * Throughput.found(series, other.name()).perSecond() / base;
        report.target(title, "%.0f %%".formatted(wanted), "%.0f %%".formatted(seen), seen >= wanted);
        List<List<String>> rows = new ArrayList<>();
        series.values().forEach(each -> rows.add(List.of(each.contestant(), "%,.0f".formatted(each.perSecond()),
                each.spread(), "%.1f".formatted(each.serviceMicros()), "%.1f".formatted(each.storeMicros()),
                "%,.0f".formatted(each.walBytes()))));
        report.text("**" + title + "**");
        report.table(List.of("which", "a second", "spread", "service, us", "store, us", "log, bytes"), rows);
    }
}
