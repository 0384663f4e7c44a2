package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.vertx.core.Future;
import io.vertx.core.Promise;

class RememberedTest {

    private final List<Promise<Boolean>> asked = new ArrayList<>();
    private long now;
    private final Remembered<Boolean> creators = new Remembered<>(id -> {
        Promise<Boolean> answer = Promise.promise();
        asked.add(answer);
        return answer.future();
    }, yes -> Duration.ofSeconds(yes ? 10 : 1), () -> now);

    private void after(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Or else a creator who goes live is asked for by all fans at once, and the database with them. */
    @Test
    void shouldAskOnceHoweverManyWantToKnow() {
        List<Future<Boolean>> fans = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            fans.add(creators.get("star"));
        }
        assertThat(asked).hasSize(1);

        asked.getFirst().complete(true);

        assertThat(fans).allMatch(Future::result);
        assertThat(creators.get("star").result()).isTrue();
        assertThat(asked).hasSize(1);
    }

    @Test
    void shouldAskAgainSoonerAboutOneWhoWasNone() {
        Future<Boolean> _ = creators.get("star");
        Future<Boolean> _ = creators.get("bob");
        asked.get(0).complete(true);
        asked.get(1).complete(false);
        after(2);
        assertThat(creators.get("star").isComplete()).isTrue();
        assertThat(creators.get("bob").isComplete()).isFalse();
        after(9);
        assertThat(creators.get("star").isComplete()).isFalse();
    }

    @Test
    void shouldRememberNoFailure() {
        Future<Boolean> failed = creators.get("star");
        asked.getFirst().fail("no database");
        assertThat(failed.failed()).isTrue();
        Future<Boolean> again = creators.get("star");
        asked.getLast().complete(true);
        assertThat(again.result()).isTrue();
    }
}
