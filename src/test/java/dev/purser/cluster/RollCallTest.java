package dev.purser.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.purser.support.LaneRig;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;

class RollCallTest {

    private static final LaneReport BUSY = new LaneReport(3, 20, 400, 50);

    private final Vertx vertx = Vertx.vertx();
    private final Territory territory = new Territory(System::nanoTime);
    private final RollCall rollCall = new RollCall(vertx, "here", territory, new LocalLanes());

    @BeforeEach
    void divide() {
        WireCodec.register(vertx.eventBus());
        Home[] homes = new Home[Partitions.COUNT];
        for (int partition = 0; partition < homes.length; partition++) {
            homes[partition] = partition == 0
                    ? new Home.Nowhere()
                    : partition < 101 ? new Home.Here(0, 1, 0) : new Home.There("there", partition % 2);
        }
        territory.publish(homes, Long.MAX_VALUE, Instant.MAX, Set.of("here", "there"));
    }

    @AfterEach
    void end() {
        LaneRig.await(vertx.close());
    }

    @Test
    void shouldTellWhatOthersSay() {
        LaneRig.await(vertx.eventBus().consumer("nodes.there", asked -> asked.reply(
                new NodeReport(List.of(BUSY, BUSY, BUSY)),
                new DeliveryOptions().setCodecName(WireCodec.nameFor(NodeReport.class)))).completion());

        ClusterReport report = LaneRig.await(rollCall.call());

        assertThat(report.nodeId()).isEqualTo("here");
        assertThat(report.homeless()).isOne();
        ClusterReport.Node there = report.nodes().getLast();
        assertThat(there.heard()).isTrue();
        assertThat(there.partitions()).isEqualTo(170);
        assertThat(there.lanes()).containsExactly(new ClusterReport.Lane(0, 85, BUSY),
                new ClusterReport.Lane(1, 85, BUSY), new ClusterReport.Lane(2, 0, BUSY));
    }

    @Test
    void shouldShowWhoCannotBeReached() {
        ClusterReport.Node there = LaneRig.await(rollCall.call()).nodes().getLast();

        assertThat(there.heard()).isFalse();
        assertThat(there.lanes()).containsExactly(new ClusterReport.Lane(0, 85, null),
                new ClusterReport.Lane(1, 85, null));
    }

    @Test
    void shouldNotWaitLongForWhoSaysNothing() {
        LaneRig.await(vertx.eventBus().consumer("nodes.there", _ -> {
            // It hears, and is too busy to say anything.
        }).completion());
        long begun = System.nanoTime();

        assertThat(LaneRig.await(rollCall.call()).nodes().getLast().heard()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofMillis(500),
                Duration.ofSeconds(5));
    }

    @Test
    void shouldAnswerWhenItIsAsked() {
        LaneRig.await(rollCall.listen());

        assertThat(LaneRig.await(vertx.eventBus().<NodeReport>request("nodes.here", null)).body())
                .isEqualTo(new NodeReport(List.of()));
    }
}
