package dev.purser.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.support.FaultyProxy;
import dev.purser.support.LaneRig;
import dev.purser.support.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
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

    /** On several threads at once a connection may be there before it is known that somebody waits for it. */
    @Test
    void shouldEndEachWaitOnce() {
        Queue<Throwable> unhandled = new ConcurrentLinkedQueue<>();
        vertx.exceptionHandler(unhandled::add);
        int answered = 0;
        for (int round = 0; round < 200; round++) {
            List<Future<?>> reads = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                Promise<Void> all = Promise.promise();
                ((VertxInternal) vertx).createEventLoopContext().runOnContext(go -> Future
                        .join(IntStream.range(0, 10)
                                .mapToObj(i -> database.reads().query("select 1", Tuple.tuple())).toList())
                        .<Void>mapEmpty().onComplete(all));
                reads.add(all.future());
            }
            answered += LaneRig.await(Future.join(reads).map(1).otherwise(0));
        }
        assertThat(answered).isPositive();
        await().during(Duration.ofMillis(2_500)).untilAsserted(() -> assertThat(unhandled).isEmpty());
    }

    /** Far more than the pool can do, for longer than an outage takes to be seen, though it always does something. */
    @Test
    void shouldNotTakeABurstForAnOutage() {
        Reads reads = new Database(vertx,
                new DatabaseSettings(proxy.url(), 2, 50, Duration.ofSeconds(1), Duration.ofSeconds(1))).reads();
        Set<Integer> before = await().until(() -> answering(reads, 10), found -> found.size() == 2);
        for (int wave = 0; wave < 5; wave++) {
            assertThat(answering(reads, 200)).isNotEmpty();
        }
        assertThat(answering(reads, 10)).containsAnyElementsOf(before);
    }

    /** The connections that answer when so many ask at once. */
    private static Set<Integer> answering(Reads reads, int readers) {
        List<Future<Integer>> asked = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            asked.add(reads.query("select pg_backend_pid() from pg_sleep(0.05)", Tuple.tuple())
                    .map(rows -> rows.iterator().next().getInteger(0)));
        }
        LaneRig.await(Future.join(asked).otherwiseEmpty());
        return asked.stream().filter(Future::succeeded).map(Future::result).collect(Collectors.toSet());
    }
}
