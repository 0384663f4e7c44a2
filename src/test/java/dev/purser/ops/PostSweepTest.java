package dev.purser.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.journal.Reads;
import dev.purser.journal.Sweeps;
import dev.purser.lane.Outcome;
import dev.purser.support.LaneRig;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.LawChecker;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Command;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;
import io.vertx.core.Vertx;

/** What a crash between the two commits leaves in the post. */
class PostSweepTest {

    private static final SweepSettings SETTINGS = new SweepSettings(Duration.ofHours(1), 10, 4, Duration.ofMillis(20),
            Duration.ZERO, 3, Duration.ofHours(1), 10, Duration.ofDays(30));

    private final TestDatabase database = TestDatabase.create();
    private final LaneRig rig = new LaneRig();
    private final TestLane lane = rig.lane(database.url());
    private final Vertx vertx = Vertx.vertx();
    private final Reads reads = database.reads(vertx);
    private final Sweeper sweeper = new Sweeper(vertx, new Sweeps(reads), lane::send, id -> !id.startsWith("other"),
            SETTINGS, InstantSource.system());

    @AfterEach
    void close() throws Exception {
        sweeper.stop().await(5, TimeUnit.SECONDS);
        reads.close().await(5, TimeUnit.SECONDS);
        vertx.close().await(5, TimeUnit.SECONDS);
        rig.close();
    }

    private void send(String to) {
        Transfer _ = lane.give(TransferKind.GIFT, "fan", to, 10);
    }

    @Test
    void shouldDeliverWhatWasLeftToTheWalletsOfThisNode() {
        lane.credit("fan", 1_000);
        for (int i = 0; i < 10; i++) {
            lane.touch("star-" + i % 4);
            send("star-" + i % 4);
            send("other");
        }

        sweeper.start();

        await().untilAsserted(() -> assertThat(lane.look("star-0").balance()).isEqualTo(30));
        await().untilAsserted(() -> assertThat(lane.look("star-3").balance()).isEqualTo(20));
        LawChecker.check(database);
    }

    @Test
    void shouldBringBackWhatCannotBeDelivered() {
        lane.credit("fan", 100);
        lane.credit("star", 1);
        send("star");
        assertThat(lane.call("star", new Command.Close("a farewell", true))).isInstanceOf(Outcome.Done.class);
        assertThat(lane.look("fan").balance()).isEqualTo(90);

        sweeper.start();

        await().untilAsserted(() -> assertThat(lane.look("fan").balance()).isEqualTo(100));
        LawChecker.check(database);
    }
}
