package dev.purser.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.support.FaultyProxy;
import dev.purser.support.LaneRig;
import dev.purser.support.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;

/** A pool whose connections fall silent, all of them at once. */
class ReadsTest {

    private final FaultyProxy proxy = FaultyProxy.before(TestDatabase.create().url());
    private final Vertx vertx = Vertx.vertx();
    private final Database database = new Database(vertx,
            new DatabaseSettings(proxy.url(), 2, 50, Duration.ofSeconds(1), Duration.ofMillis(300)));

    @AfterEach
    void close() throws IOException {
        proxy.close();
        LaneRig.await(vertx.close());
    }

    @Test
    void shouldGetOverConnectionsThatFellSilent() {
        assertThat(LaneRig.await(database.reads().query("select 1", Tuple.tuple())).size()).isEqualTo(1);
        proxy.holdRequests();
        List<Future<?>> silent = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            silent.add(database.reads().query("select 1", Tuple.tuple()));
        }
        await().until(() -> silent.stream().allMatch(Future::isComplete));
        await().untilAsserted(() -> assertThat(LaneRig.await(
                database.reads().query("select 1", Tuple.tuple()).map(true).otherwise(false))).isTrue());
    }

    @Test
    void shouldAnswerInTimeAndGetOverHandshakesThatNeverEnd() {
        proxy.fallSilent();
        for (int round = 0; round < 6; round++) {
            List<Future<?>> reads = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                reads.add(database.reads().query("select 1", Tuple.tuple()));
            }
            await().atMost(Duration.ofSeconds(3)).until(() -> reads.stream().allMatch(Future::isComplete));
            assertThat(reads).allMatch(Future::failed);
        }
        proxy.heal();
        await().untilAsserted(() -> assertThat(LaneRig
                .await(database.reads().query("select 1", Tuple.tuple()).map(true).otherwise(false))).isTrue());
    }

    @Test
    void shouldNotTakeABurstForAnOutage() {
        List<Future<Boolean>> burst = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            burst.add(database.reads().query("select pg_sleep(0.005)", Tuple.tuple()).map(true).otherwise(false));
        }
        long answered = burst.stream().map(LaneRig::await).filter(done -> done).count();
        assertThat(answered).isGreaterThanOrEqualTo(40).isLessThan(200);
        assertThat(LaneRig.await(database.reads().query("select 1", Tuple.tuple())).size()).isEqualTo(1);
    }
}
