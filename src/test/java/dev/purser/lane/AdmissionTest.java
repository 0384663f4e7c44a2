package dev.purser.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

class AdmissionTest {

    private final Admission admission = new Admission(10_000, Duration.ofMillis(200));
    private Instant now = Instant.EPOCH;

    @Test
    void shouldTakeInAllThereIsRoomForWhileNobodyWaitsLong() {
        opened(Duration.ofMillis(150), 9_000);

        assertThat(admission.admits(9_999)).isTrue();
        assertThat(admission.admits(10_000)).isFalse();
    }

    @Test
    void shouldNotMindACrowdThatPasses() {
        opened(Duration.ofSeconds(3), 9_000);
        opened(Duration.ofSeconds(3), 9_000);
        now = now.plusSeconds(1);
        opened(Duration.ofMillis(190), 500);
        opened(Duration.ofSeconds(3), 9_000);

        assertThat(admission.admits(9_999)).isTrue();
    }

    @Test
    void shouldTakeInOnlyWhatItsPaceAllowsWhenACrowdStays() {
        crowd(Duration.ofSeconds(1), 5_000);

        assertThat(admission.admits(999)).isTrue();
        assertThat(admission.admits(1_000)).isFalse();
    }

    @Test
    void shouldStayThereWhileTheyWaitAsLongAsTheyShould() {
        crowd(Duration.ofSeconds(1), 5_000);
        opened(Duration.ofMillis(190), 1_000);

        assertThat(admission.admits(999)).isTrue();
        assertThat(admission.admits(1_000)).isFalse();
    }

    @Test
    void shouldNotWaitUntilACrowdStaysWhileItHasNotYetPassed() {
        crowd(Duration.ofSeconds(1), 5_000);
        opened(Duration.ofMillis(190), 1_000);
        opened(Duration.ofMillis(400), 1_000);

        assertThat(admission.admits(499)).isTrue();
        assertThat(admission.admits(500)).isFalse();
    }

    @Test
    void shouldOpenSoSlowlyThatFewWaitTooLong() {
        crowd(Duration.ofSeconds(1), 5_000);
        opened(Duration.ofMillis(90), 400);

        assertThat(admission.admits(1_500)).isTrue();
        assertThat(admission.admits(1_501)).isFalse();
    }

    @Test
    void shouldOpenAgainWithinAFewBatches() {
        crowd(Duration.ofMinutes(10), 5_000);
        assertThat(admission.admits(Admission.LEAST - 1)).isTrue();
        assertThat(admission.admits(Admission.LEAST)).isFalse();

        for (int batch = 0; batch < 14; batch++) {
            opened(Duration.ofMillis(3), 20);
        }
        assertThat(admission.admits(9_999)).isTrue();
    }

    @Test
    void shouldNotBeLedAstrayByAClockThatJumpedBack() {
        crowd(Duration.ofMinutes(-10), 5_000);

        assertThat(admission.admits(9_999)).isTrue();
    }

    @Test
    void shouldNeverTakeInMoreThanThereIsRoomFor() {
        Admission tiny = new Admission(1, Duration.ofMillis(200));
        assertThat(tiny.admits(0)).isTrue();
        tiny.opened(now, now, 1);
        assertThat(tiny.admits(1)).isFalse();
    }

    private void crowd(Duration waited, int operations) {
        opened(waited, operations);
        now = now.plusMillis(1_001);
        opened(waited, operations);
    }

    private void opened(Duration waited, int operations) {
        admission.opened(now.minus(waited), now, operations);
    }
}
