package dev.purser.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.purser.support.OwnsAll;
import dev.purser.wallet.Wallet;

class ActorsTest {

    private static final Duration IDLE = Duration.ofMinutes(8);

    private Instant now = Instant.EPOCH;

    @Test
    void shouldPutAwayTheOnesUsedLongestAgo() {
        Actors actors = with(2, "a", "b");
        pass(Duration.ofMinutes(2));
        use(actors, "a");
        add(actors, "c");
        actors.evict(now, Set.of());
        assertThat(inMemory(actors)).containsExactly("a", "c");
    }

    @Test
    void shouldPutAwayIdleOnesAndKeepThoseThatAreUsed() {
        Actors actors = with(10, "a", "b", "c");
        for (Duration passed = Duration.ZERO; passed.compareTo(IDLE) <= 0; passed = passed.plusSeconds(10)) {
            pass(Duration.ofSeconds(10));
            use(actors, "b");
            actors.evict(now, Set.of());
        }
        assertThat(inMemory(actors)).containsExactly("b");
    }

    @Test
    void shouldKeepWhatIsBeingWritten() {
        Actors actors = with(10, "a", "b");
        pass(IDLE.multipliedBy(2));
        actors.evict(now, Set.of("a"));
        assertThat(inMemory(actors)).containsExactly("a");
    }

    /** Whoever holds one from before must not decide on it. */
    @Test
    void shouldSayOfEachThatLeavesThatItIsGone() {
        assertThat(gone(actors -> actors.drop("a"))).isTrue();
        assertThat(gone(actors -> actors.dropIf("a"::equals))).isTrue();
        assertThat(gone(actors -> actors.dropIfBefore("a", 1))).isTrue();
        assertThat(gone(actors -> add(actors, "a"))).as("another one in its place").isTrue();
        assertThat(gone(actors -> actors.evict(now.plus(IDLE).plus(IDLE), Set.of()))).isTrue();
    }

    @Test
    void shouldNotSayOfOneThatStaysThatItIsGone() {
        assertThat(gone(actors -> actors.drop("b"))).isFalse();
        assertThat(gone(actors -> actors.dropIf("b"::equals))).isFalse();
        assertThat(gone(actors -> actors.dropIfBefore("a", 0))).isFalse();
        assertThat(gone(actors -> actors.evict(now.plus(IDLE).plus(IDLE), Set.of("a")))).isFalse();
    }

    private boolean gone(Consumer<Actors> happens) {
        Actors actors = with(10, "a", "b");
        Actor actor = Objects.requireNonNull(actors.find("a"));
        happens.accept(actors);
        assertThat(actors.find("a") == actor).isEqualTo(!actor.isGone());
        return actor.isGone();
    }

    private Actors with(int limit, String... ids) {
        Actors actors = new Actors(OwnsAll.FOR_LONG, limit, IDLE);
        Stream.of(ids).forEach(id -> add(actors, id));
        return actors;
    }

    private void add(Actors actors, String id) {
        actors.add(new Actor(Wallet.empty(id), 1, 1, now));
    }

    private void use(Actors actors, String id) {
        actors.touch(Objects.requireNonNull(actors.find(id)), now);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static Stream<String> inMemory(Actors actors) {
        return Stream.of("a", "b", "c").filter(id -> actors.find(id) != null);
    }
}
