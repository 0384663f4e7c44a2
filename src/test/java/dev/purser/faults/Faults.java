package dev.purser.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Runs the faults that are asked for, each with so many seeds, and writes a table of what was seen. */
public final class Faults {

    private static final Path TABLE = Path.of("target", "faults", "faults.md");
    private static final Path SITE = Path.of("src", "site", "faults.md");

    private Faults() {
    }

    /** Ends with 0 when all laws held in all runs. */
    public static void main(String[] args) throws IOException {
        Locale.setDefault(Locale.ROOT);
        List<Fault> faults = Arrays.stream(System.getProperty("faults.of", all()).split(",", -1))
                .map(name -> Fault.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'))).toList();
        int seeds = Integer.getInteger("faults.seeds", 3);
        long first = Long.getLong("faults.seed", System.nanoTime() >>> 20);
        List<String> rows = new ArrayList<>();
        int broken = 0;
        for (Fault fault : faults) {
            List<FaultRun.Result> results = new ArrayList<>();
            for (long seed = first; seed < first + seeds; seed++) {
                try {
                    results.add(new FaultRun(fault, seed).run());
                } catch (Exception | AssertionError e) {
                    broken++;
                    System.out.printf("%s, -Dfaults.seed=%d: %s%n", fault.text(), seed, e);
                }
            }
            rows.add(row(fault, seeds, results));
            write(TABLE, rows, first, seeds);
        }
        if (Boolean.getBoolean("faults.publish")) {
            write(SITE, rows, first, seeds);
        }
        System.exit(broken == 0 ? 0 : 1);
    }

    private static String all() {
        return String.join(",", Arrays.stream(Fault.values()).map(Fault::name).toList());
    }

    private static String row(Fault fault, int seeds, List<FaultRun.Result> results) {
        Duration longest = results.stream().map(FaultRun.Result::served).max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return "| %s | %d of %d | %,d | %.1f s (%d s) | %d | `-Dfaults.of=%s` |".formatted(fault.text(), results.size(),
                seeds, results.stream().mapToInt(FaultRun.Result::acknowledged).sum(), longest.toMillis() / 1e3,
                fault.servedWithin().toSeconds(),
                results.stream().mapToLong(FaultRun.Result::mostCalls).max().orElse(0),
                fault.name().toLowerCase(Locale.ROOT));
    }

    private static void write(Path file, List<String> rows, long seed, int seeds) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file,
                """
                        # Faults

                        Three nodes as processes, a PostgreSQL with fsync on, 24 clients that write down all that they ask and
                        hear. After each run a checker that knows only that and the tables found nothing acknowledged lost, nothing
                        carried out twice, no balance negative, no answer out of date. Seeds from %d on; to run it again:
                        `mvn -q -Pfaults "-Dfaults.options=-Dfaults.seed=%d -Dfaults.seeds=%d"`, with what the last column says
                        for one of them.

                        | fault | runs in which all laws held | acknowledged | every wallet served again after (aimed at) | \
                        calls for one thing, at most | again |
                        |---|---|---|---|---|---|
                        %s
                        """
                        .formatted(seed, seed, seeds, String.join("\n", rows)));
    }
}
