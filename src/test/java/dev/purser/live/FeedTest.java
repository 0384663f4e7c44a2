package dev.purser.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import dev.purser.support.Seed;

/** A client sees versions rise, and in the end the last one. */
class FeedTest {

    private final List<Long> written = new ArrayList<>();
    private final List<Integer> warnings = new ArrayList<>();
    private boolean full;
    private final Feed feed = new Feed(new Feed.Outlet() {
        @Override
        public boolean isFull() {
            return full;
        }

        @Override
        public void write(Shown shown) {
            written.add(shown.version());
        }

        @Override
        public void write(Warning warning) {
            warnings.add(warning.level());
        }
    });

    private static Shown at(long version) {
        return new Shown("ada", version, "{}", null);
    }

    private static Shown at(long version, int level, long granted) {
        return new Shown("ada", version, "{}", level == 0 ? null : new Warning(level, granted));
    }

    @Test
    void shouldWarnOnceForEachLevel() {
        int version = 0;
        for (int level : new int[]{0, 80, 80, 90, 80, 90, 100, 100}) {
            feed.offer(at(version++, level, 1_000));
        }
        assertThat(warnings).containsExactly(80, 90, 100);
    }

    @Test
    void shouldWarnAnewOfAnotherAllowance() {
        feed.offer(at(0, 90, 1_000));
        feed.offer(at(1, 80, 2_000));
        feed.offer(at(2, 0, 2_000));
        feed.offer(at(3, 80, 2_000));
        assertThat(warnings).containsExactly(90, 80, 80);
    }

    @Test
    void shouldWarnOfWhatIsShownAndNoSooner() {
        full = true;
        feed.offer(at(0, 80, 1_000));
        feed.offer(at(1, 90, 1_000));
        assertThat(warnings).isEmpty();
        full = false;
        feed.flush();
        assertThat(warnings).containsExactly(90);
    }

    @Test
    void shouldWriteEachVersionOnce() {
        feed.offer(at(0));
        feed.offer(at(1));
        feed.offer(at(1));
        feed.offer(at(0));
        feed.offer(at(2));
        assertThat(written).containsExactly(0L, 1L, 2L);
    }

    @Test
    void shouldKeepOnlyTheLatestForASlowReader() {
        full = true;
        for (int version = 0; version < 1_000; version++) {
            feed.offer(at(version));
        }
        assertThat(written).isEmpty();
        full = false;
        feed.flush();
        feed.flush();
        assertThat(written).containsExactly(999L);
    }

    @Test
    void shouldNotShowWhatIsKnownFromAnEarlierConnection() {
        feed.resume(7);
        feed.offer(at(6));
        feed.offer(at(7));
        feed.offer(at(8));
        assertThat(written).containsExactly(8L);
    }

    @Test
    void shouldNotShowWhatTheClientSaysItKnowsWhileThatWaits() {
        full = true;
        feed.offer(at(3));
        feed.resume(5);
        full = false;
        feed.flush();
        assertThat(written).isEmpty();
    }

    @Test
    void shouldRiseToTheLastInWhateverOrder() {
        Random random = new Random(Seed.take("FeedTest"));
        for (int round = 0; round < 1_000; round++) {
            written.clear();
            Feed one = feed;
            long base = round * 100L;
            long highest = 0;
            for (int i = 0; i < 30; i++) {
                full = random.nextInt(3) == 0;
                long version = base + random.nextInt(100);
                highest = Math.max(highest, version);
                one.offer(at(version));
            }
            full = false;
            one.flush();
            assertThat(written).isSorted().doesNotHaveDuplicates();
            assertThat(one.seen()).isEqualTo(highest);
        }
    }
}
