package dev.purser.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.purser.sandbox.DemoUser;
import dev.purser.support.LawChecker;
import dev.purser.support.NodeProcess;
import dev.purser.support.TestDatabase;

/** A node of its own, so many hostile requests, and a look at what they have left behind. */
final class FuzzRun {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final double MOST_MORE_BYTES = 64 << 20;
    private static final int MOST_MORE_FILES = 8;
    private static final int WARM_UP = 2_000;

    private final long seed;
    private final int requests;

    FuzzRun(long seed, int requests) {
        this.seed = seed;
        this.requests = requests;
    }

    /** Fails when anything was not as promised. */
    void run() throws Exception {
        TestDatabase database = TestDatabase.create();
        // Few keys in memory: a repetition is answered from memory as well as from the tables.
        try (NodeProcess node = new NodeProcess("fuzz",
                Map.of("PURSER_DATABASE_URL", database.url(), "PURSER_LANE_RECENT_KEYS", "200")).start()) {
            int quietLog = node.awaitReady().output().lines().toList().size();
            List<String> faults = new ArrayList<>(
                    new Fuzzer(node.httpPort(), NodeProcess.SECRET, seed, WARM_UP).run());
            Figures before = Figures.of(node);
            faults.addAll(new Fuzzer(node.httpPort(), NodeProcess.SECRET, seed + 1, requests).run());
            assertThat(String.join("\n\n", faults)).as("faults, with -Dpurser.seed=" + seed).isEmpty();
            assertThat(node.output().lines().skip(quietLog).toList()).as("lines in the log").isEmpty();
            assertThat(node.as(DemoUser.ADMIN).get("/tokens/balance").status()).isEqualTo(200);
            await("memory and connections to be given back").atMost(PATIENCE)
                    .untilAsserted(() -> Figures.of(node).hardlyAbove(before));
            LawChecker.check(database);
            System.out.println("The ledger is sound; before " + before + ", after " + Figures.of(node));
        }
    }

    /** What a node uses, once garbage is gone. */
    private record Figures(double heap, int files) {

        static Figures of(NodeProcess node) throws IOException, InterruptedException {
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            assertThat(new ProcessBuilder(jcmd.toString(), String.valueOf(node.pid()), "GC.run")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor()).isZero();
            String metrics = node.management("/metrics").text();
            return new Figures(sum(metrics, "jvm_memory_used_bytes{area=\"heap\""),
                    (int) sum(metrics, "process_files_open_files"));
        }

        private static double sum(String metrics, String name) {
            return metrics.lines().filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
        }

        void hardlyAbove(Figures before) {
            assertThat(heap).as("heap").isLessThan(before.heap + MOST_MORE_BYTES);
            assertThat(files).as("open files").isLessThanOrEqualTo(before.files + MOST_MORE_FILES);
        }

        @Override
        public String toString() {
            return "%.0f MB of heap and %d open files".formatted(heap / (1 << 20), files);
        }
    }
}
