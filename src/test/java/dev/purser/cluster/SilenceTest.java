package dev.purser.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class SilenceTest {

    private final Silence silence = new Silence();

    @Test
    void shouldLetAskAsLongAsItIsHeardOf() {
        for (int second = 0; second < 10; second++) {
            assertThat(silence.letsAsk(at(second))).isTrue();
            silence.broken();
        }
        assertThat(silence.isSuspicious(at(60))).isFalse();
    }

    @Test
    void shouldGiveAnAnswerSomeTime() {
        assertThat(silence.letsAsk(at(0))).isTrue();
        assertThat(silence.letsAsk(at(2.9))).isTrue();
        assertThat(silence.isSuspicious(at(2.9))).isFalse();
    }

    @Test
    void shouldCountFromTheFirstThatWasNotAnswered() {
        assertThat(silence.letsAsk(at(0))).isTrue();
        assertThat(silence.letsAsk(at(2.9))).isTrue();
        assertThat(silence.letsAsk(at(3.1))).isFalse();
        assertThat(silence.isSuspicious(at(3.1))).isTrue();
        assertThat(silence.isGivenUp(at(5.9))).isFalse();
        assertThat(silence.isGivenUp(at(6.1))).isTrue();
    }

    @Test
    void shouldLetAskAgainWhenItIsHeardOf() {
        assertThat(silence.letsAsk(at(0))).isTrue();
        assertThat(silence.letsAsk(at(30))).isFalse();
        silence.broken();
        assertThat(silence.letsAsk(at(30.2))).isTrue();
        assertThat(silence.letsAsk(at(30.3))).isTrue();
    }

    private static long at(double seconds) {
        return Duration.ofMillis((long) (seconds * 1_000)).toNanos();
    }
}
