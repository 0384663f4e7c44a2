package dev.purser.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.sun.management.ThreadMXBean;

import dev.purser.journal.Reports;
import dev.purser.lane.LaneView;
import dev.purser.lane.Outcome;

class MetricsTest {

    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void shouldCountRequestsByRouteAndStatus() {
        metrics.answered("spend", 200, Duration.ofMillis(3).toNanos());
        metrics.answered("spend", 200, Duration.ofMillis(30).toNanos());
        metrics.answered("spend", 402, Duration.ofMillis(1).toNanos());

        assertThat(metrics.scrape().lines())
                .contains(
                        "# HELP purser_http_requests_seconds Requests by route and status, and how long their answers took.")
                .contains("purser_http_requests_seconds_count{route=\"spend\",status=\"200\"} 2")
                .contains("purser_http_requests_seconds_bucket{route=\"spend\",status=\"200\",le=\"0.005\"} 1")
                .contains("purser_http_requests_seconds_count{route=\"spend\",status=\"402\"} 1");
    }

    @Test
    void shouldCountPurchasesByWhatBecameOfThem() {
        metrics.purchase("begun");
        metrics.purchase("begun");
        metrics.purchase("credited");

        assertThat(metrics.scrape().lines())
                .contains("purser_purchases_total{outcome=\"begun\"} 2.0")
                .contains("purser_purchases_total{outcome=\"credited\"} 1.0");
    }

    @Test
    void shouldShowWhatBecameOfEventsAndWhatIsOwed() {
        metrics.webhook("stripe", "credited", Duration.ofMillis(30).toNanos());
        metrics.webhook("stripe", "repeated", Duration.ofMillis(1).toNanos());
        metrics.webhook("stripe", "repeated", Duration.ofMillis(1).toNanos());
        metrics.healed("stripe", "credited");
        metrics.watchMoney(() -> new Reports.Sums(700, 2, 3, 4));

        assertThat(metrics.scrape().lines())
                .contains("purser_webhook_seconds_bucket{outcome=\"credited\",provider=\"stripe\",le=\"0.05\"} 1")
                .contains("purser_webhook_seconds_count{outcome=\"repeated\",provider=\"stripe\"} 2")
                .contains("purser_webhook_healed_total{outcome=\"credited\",provider=\"stripe\"} 1.0")
                .contains("purser_debt_tokens 700.0").contains("purser_debt_wallets 2.0")
                .contains("purser_webhook_parked 3.0").contains("purser_webhook_open 4.0");
    }

    @Test
    void shouldCountWhatLanesDo() {
        metrics.batchCommitted(5, Duration.ofMillis(2).toNanos());
        metrics.activated(3);
        metrics.keyReplayed();
        metrics.fenceHit();
        metrics.unknownOutcome();
        metrics.rejected(Outcome.Reason.OVERLOADED);

        assertThat(metrics.scrape().lines())
                .contains("purser_lane_commit_seconds_count 1")
                .contains("purser_lane_batch_operations_sum 5.0")
                .contains("purser_lane_activations_total 3.0")
                .contains("purser_lane_replays_total 1.0")
                .contains("purser_lane_fence_hits_total 1.0")
                .contains("purser_lane_unknown_outcomes_total 1.0")
                .contains("purser_lane_rejections_total{reason=\"overloaded\"} 1.0")
                .contains("purser_lane_rejections_total{reason=\"draining\"} 0.0");
    }

    @Test
    void shouldShowTheLoadOfLanesAndTheDatabase() {
        metrics.watchLanes(List.of(new Load(1, 10), new Load(2, 20)));
        metrics.watchDatabase(() -> 3, 8);

        assertThat(metrics.scrape().lines())
                .contains("purser_lane_depth{lane=\"0\"} 1.0").contains("purser_lane_depth{lane=\"1\"} 2.0")
                .contains("purser_lane_wallets{lane=\"1\"} 20.0")
                .contains("purser_database_connections 3.0").contains("purser_database_connections_max 8.0");
    }

    @Test
    void shouldShowTheProcess() {
        assertThat(metrics.scrape()).contains("jvm_memory_used_bytes{", "jvm_threads_live_threads", "process_cpu_usage",
                "jvm_gc_", "purser_build_info{java=\"");
    }

    @Test
    void shouldExplainEachFigureOfItsOwn() {
        List<String> lines = metrics.scrape().lines().toList();

        assertThat(lines).filteredOn(line -> line.startsWith("# TYPE purser_")).isNotEmpty().allSatisfy(line -> {
            String name = line.split(" ", -1)[2];
            assertThat(lines).anyMatch(help -> help.matches("# HELP " + name + " \\S.*\\."));
        });
    }

    @Test
    void shouldBeOnThePageThatExplainsThemAll() throws IOException {
        metrics.answered("spend", 200, 1);
        metrics.webhook("stripe", "credited", 1);
        metrics.healed("stripe", "credited");
        metrics.purchase("begun");
        metrics.liveEnded("left");
        metrics.watchLive(() -> 1);
        metrics.watchMoney(() -> new Reports.Sums(0, 0, 0, 0));
        metrics.watchLanes(List.of(new Load(1, 10)));
        metrics.watchDatabase(() -> 3, 8);

        // Each histogram has its highest figure of late as well.
        assertThat(names("(?m)^# TYPE (purser_(?!\\w+_(?:seconds|operations)_max)\\w+)", metrics.scrape()))
                .hasSizeGreaterThan(20)
                .containsExactlyInAnyOrderElementsOf(
                        names("(?m)^\\| `(purser_\\w+)`", Files.readString(Path.of("src/site/metrics.md"))));
    }

    private static List<String> names(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
    }

    @Test
    void shouldNoteAnAnswerWithoutAllocating() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        answer(20_000);

        long before = threads.getCurrentThreadAllocatedBytes();
        answer(10_000);
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(bytes / 10_000).as("bytes for each answer").isZero();
    }

    private void answer(int times) {
        for (int i = 0; i < times; i++) {
            metrics.answered("spend", 200, 1_000_000);
            metrics.batchCommitted(10, 1_000_000);
            metrics.keyReplayed();
        }
    }

    private record Load(int depth, int wallets) implements LaneView {

        @Override
        public long operations() {
            return 0;
        }

        @Override
        public long batches() {
            return 0;
        }
    }
}
