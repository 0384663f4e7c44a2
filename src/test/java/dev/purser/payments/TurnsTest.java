package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.support.LaneRig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

@Timeout(30)
class TurnsTest {

    private final Vertx vertx = Vertx.vertx();
    private final Turns turns = new Turns(vertx);
    private final ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        LaneRig.await(vertx.close());
    }

    @Test
    void shouldLetTheNextOneBeginWhenTheOneBeforeIsDone() {
        List<Promise<Integer>> ends = new ArrayList<>();
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Promise<Integer> end = Promise.promise();
            String name = "ada " + i;
            ends.add(end);
            all.add(turns.take("ada", () -> {
                ran.add(name);
                return end.future();
            }));
        }
        assertThat(LaneRig.await(turns.take("bob", () -> Future.succeededFuture(7)))).isEqualTo(7);
        assertThat(ran).containsExactly("ada 0");
        for (int i = 0; i < 3; i++) {
            ends.get(i).complete(i);
            assertThat(LaneRig.await(all.get(i))).isEqualTo(i);
        }
        assertThat(ran).containsExactly("ada 0", "ada 1", "ada 2");
    }

    @Test
    void shouldGoOnAfterWhatWentWrong() {
        Future<Integer> thrown = turns.take("ada", () -> {
            throw new IllegalStateException("thrown");
        });
        Future<Integer> failed = turns.take("ada", () -> Future.failedFuture("failed"));
        assertThat(LaneRig.await(turns.take("ada", () -> Future.succeededFuture(3)))).isEqualTo(3);
        assertThat(thrown.cause()).hasMessage("thrown");
        assertThat(failed.cause()).hasMessage("failed");
    }
}
