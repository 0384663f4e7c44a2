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
        assertThat(LaneRig.await(database.ping().map(true))).isTrue();
        proxy.holdRequests();
        List<Future<?>> silent = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            silent.add(database.reads().query("select 1", Tuple.tuple()));
        }
        await().until(() -> silent.stream().allMatch(Future::isComplete));
        await().untilAsserted(() -> assertThat(LaneRig.await(database.ping().map(true).otherwise(false))).isTrue());
    }
}
