package dev.purser.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.purser.bench.batches.BatchProcess;
import dev.purser.bench.batches.Shape;
import dev.purser.support.NodeProcess;

/**
 * PostgreSQL's own processor time for a batch, by two builds in turns, each on a database of its own. What else the machine
 * does meets both alike, so a hundredth can be seen where a load over HTTP tells no tenth.
 */
final class Statements {

    private static final int TURNS = 600;
    /** The first of them find neither plans nor pages where they will be. */
    private static final int WARMING = 150;

    private final Stage stage;
    private final Report report;

    Statements(Stage stage, Report report) {
        this.stage = stage;
        this.report = report;
    }

    /** A build at work, and the process of PostgreSQL's that works for it. */
    private record Entrant(BatchProcess process, long backend) {

        /** In microseconds. */
        double timeOf(Shape shape, int size) throws IOException {
            long before = processorNanos();
            process.commit(shape, size);
            return (processorNanos() - before) / 1e3;
        }

        private long processorNanos() throws IOException {
            String stat = Files.readString(Path.of("/proc", String.valueOf(backend), "schedstat"));
            return Long.parseLong(stat.substring(0, stat.indexOf(' ')));
        }
    }

    void run() throws IOException {
        report.heading("PostgreSQL's time for a batch");
        report.text("By two builds in turns, the median of %d batches each; in microseconds for each operation."
                .formatted(TURNS - WARMING));
        System.out.println("\nFilling a database for each build");
        Path other = Path.of(System.getProperty("bench.against", NodeProcess.JAR.toString()));
        List<List<String>> rows = new ArrayList<>();
        try (BatchProcess one = start("before", other); BatchProcess two = start("after", NodeProcess.JAR)) {
            Entrant before = new Entrant(one, backend("batches_before"));
            Entrant after = new Entrant(two, backend("batches_after"));
            rows.add(compare(Shape.ONE_WALLET, 28, before, after));
            rows.add(compare(Shape.ONE_WALLET, 170, before, after));
            rows.add(compare(Shape.KEYED, 28, before, after));
            rows.add(compare(Shape.KEYED, 170, before, after));
            rows.add(compare(Shape.MANY_WALLETS, 90, before, after));
            rows.add(compare(Shape.TIPS, 110, before, after));
        }
        report.table(List.of("batch", "before", "after", "after, as a share of before"), rows);
    }

    private BatchProcess start(String name, Path build) throws IOException {
        stage.postgres().create("batches_" + name);
        return BatchProcess.start(build, stage.postgres().url("batches_" + name),
                stage.folder().resolve("batches-" + name + ".log"));
    }

    private long backend(String database) {
        return Long.parseLong(stage.postgres()
                .query("postgres",
                        """
                                select pid from pg_stat_activity where datname = '%s' and query like 'with want%%'"""
                                .formatted(database))
                .getOrDefault("pid", ""));
    }

    private static List<String> compare(Shape shape, int size, Entrant before, Entrant after) throws IOException {
        List<Double> ofBefore = new ArrayList<>();
        List<Double> ofAfter = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            boolean isFirst = turn % 2 == 0;
            double first = (isFirst ? before : after).timeOf(shape, size);
            double second = (isFirst ? after : before).timeOf(shape, size);
            if (turn >= WARMING) {
                ofBefore.add((isFirst ? first : second) / size);
                ofAfter.add((isFirst ? second : first) / size);
                shares.add(isFirst ? second / first : first / second);
            }
        }
        List<String> row = List.of("%d %s".formatted(size, shape.title()), "%.2f".formatted(median(ofBefore)),
                "%.2f".formatted(median(ofAfter)), "%.1f %%".formatted(100 * median(shares)));
        System.out.println("  " + String.join(" | ", row));
        return row;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
    }
}
