package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.support.LaneRig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

class WaitingTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();

    @AfterEach
    void close() {
        LaneRig.await(vertx.close());
    }

    @Test
    void shouldAnswerWhatComesInTime() {
        Waiting<String> waiting = new Waiting<>(LONG, "late");
        Promise<String> later = Promise.promise();
        Future<String> answer = onLoop(() -> {
            Future<String> first = waiting.within(later.future());
            vertx.setTimer(1, _ -> later.complete("in time"));
            return first;
        });
        assertThat(LaneRig.await(answer)).isEqualTo("in time");
        assertThat(LaneRig.await(onLoop(() -> waiting.within(Future.succeededFuture("at once"))))).isEqualTo("at once");
    }

    @Test
    void shouldSayWhyWhenItFails() {
        Waiting<String> waiting = new Waiting<>(LONG, "late");
        Promise<String> later = Promise.promise();
        Future<String> answer = onLoop(() -> {
            Future<String> first = waiting.within(later.future());
            vertx.setTimer(1, _ -> later.fail("broken"));
            return first;
        });
        assertThatThrownBy(() -> LaneRig.await(answer)).hasMessageContaining("broken");
    }

    /** Each has its own time, whether those before it were answered or not; and what comes later changes nothing. */
    @Test
    void shouldAnswerOtherwiseWhatIsLate() {
        Waiting<String> waiting = new Waiting<>(Duration.ofMillis(500), "late");
        List<Promise<String>> asked = new ArrayList<>();
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Promise<String> promise = Promise.promise();
            asked.add(promise);
            answers.add(onLoop(() -> waiting.within(promise.future())));
        }
        loop.runOnContext(_ -> {
            asked.get(0).complete("0");
            asked.get(3).complete("3");
        });
        assertThat(answers.stream().map(LaneRig::await)).containsExactly("0", "late", "late", "3", "late");
        asked.get(1).complete("1");
        assertThat(LaneRig.await(answers.get(1))).isEqualTo("late");

        Future<String> next = onLoop(() -> waiting.within(Promise.<String>promise().future()));
        assertThat(LaneRig.await(next)).as("after all others").isEqualTo("late");
    }

    /** Whoever is told may ask again from within. */
    @Test
    void shouldTakeTheNextFromWithinTheAnswer() {
        Waiting<String> waiting = new Waiting<>(Duration.ofMillis(20), "late");
        Future<String> twice = onLoop(() -> waiting.within(Promise.<String>promise().future())
                .compose(late -> waiting.within(Promise.<String>promise().future()).map(again -> late + " " + again)));
        assertThat(LaneRig.await(twice)).isEqualTo("late late");
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> action) {
        Promise<T> done = Promise.promise();
        Promise<Void> begun = Promise.promise();
        loop.runOnContext(_ -> {
            action.get().onComplete(done);
            begun.complete();
        });
        LaneRig.await(begun.future());
        return done.future();
    }
}
