package dev.purser.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.openjdk.jmh.runner.RunnerException;

/** Runs the benchmark, or the sections of it that are asked for. */
public final class Benchmark {

    private static final Path FOLDER = Path.of("target", "bench").toAbsolutePath();

    private Benchmark() {
    }

    /** Ends with 0 when all was measured, whatever the figures are. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        int code = 0;
        try {
            Path folder = FOLDER.resolve("run-" + ProcessHandle.current().pid());
            Files.createDirectories(folder);
            code = run(Plan.read(), folder) ? 0 : 1;
        } catch (Exception e) {
            e.printStackTrace();
            code = 1;
        }
        System.exit(code);
    }

    /** A part that can be asked for by itself. */
    private interface Section {
        void run() throws IOException, InterruptedException, RunnerException;
    }

    /** Whether every section came to its end. */
    private static boolean run(Plan plan, Path folder) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        System.out.printf("Sections %s, %d rounds of %d ms, seed %d%n", plan.sections(), plan.rounds(),
                plan.lasting().toMillis(), plan.seed());
        System.out.println("Starting PostgreSQL, the service, its rivals and the load");
        try (Stage stage = new Stage(folder)) {
            Report report = new Report(conditions(stage, plan));
            System.out.println(conditions(stage, plan));
            Contest contest = new Contest(plan);
            Latency latency = new Latency(stage, contest, report);
            Shares shares = new Shares(stage, contest, report);
            Map<String, Section> sections = new LinkedHashMap<>();
            sections.put(Plan.THROUGHPUT, new Throughput(stage, contest, report)::run);
            sections.put(Plan.LONELY, latency::lonely);
            sections.put(Plan.RATES, latency::rates);
            sections.put(Plan.KEYED, shares::keyed);
            sections.put(Plan.TIPS, new Tips(stage, contest, report)::run);
            sections.put(Plan.LEDGER, shares::ledger);
            sections.put(Plan.IDLE, new Idle(stage, report)::run);
            sections.put(Plan.LIVE, new Live(stage, report, plan.seed())::run);
            sections.put(Plan.MICRO, new Micro(report)::run);
            sections.put(Plan.BUILDS, shares::builds);
            sections.put(Plan.STATEMENTS, new Statements(stage, report)::run);
            // The last one, since it moves processes to processors of their own.
            sections.put(Plan.OVERLOAD, new Overload(stage, report)::run);
            boolean whole = true;
            for (Map.Entry<String, Section> section : sections.entrySet()) {
                if (plan.has(section.getKey())) {
                    whole &= measured(section.getKey(), section.getValue(), report);
                    report.writeTo(FOLDER);
                }
            }
            if (Boolean.getBoolean("bench.publish")) {
                Publication.of(report);
            }
            System.out.printf("%n%s%nAll of it: %s (%d minutes)%n", report.targets(), FOLDER.resolve("figures.md"),
                    (System.nanoTime() - begun) / 60_000_000_000L);
            return whole;
        }
    }

    /** An hour of figures is not lost with one section: its failure stands among them as a target that was missed. */
    private static boolean measured(String name, Section section, Report report) throws InterruptedException {
        try {
            section.run();
            return true;
        } catch (IOException | RunnerException | RuntimeException | AssertionError e) {
            e.printStackTrace();
            report.target(name, "to be measured", "failed: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " "),
                    false);
            return false;
        }
    }

    private static String conditions(Stage stage, Plan plan) throws IOException {
        Map<String, String> processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name")).limit(1)
                .collect(Collectors.toMap(line -> "model", line -> line.substring(line.indexOf(':') + 2)));
        return """
                %d processors (%s), shared by PostgreSQL, the service and the load; Linux %s; Java %s with %s for the service \
                and its rivals alike. PostgreSQL: %s. Rate limits off. Seed %d, %d rounds of %.0f s in turns, medians.
                """
                .formatted(Runtime.getRuntime().availableProcessors(), processor.getOrDefault("model", "unknown"),
                        System.getProperty("os.version"), Runtime.version(), String.join(" ", Processes.JVM),
                        stage.postgres().settings().entrySet().stream()
                                .map(each -> each.getKey() + " " + each.getValue())
                                .collect(Collectors.joining(", ")),
                        plan.seed(), plan.rounds(), plan.lasting().toMillis() / 1e3);
    }
}
