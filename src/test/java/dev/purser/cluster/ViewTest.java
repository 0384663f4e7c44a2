package dev.purser.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a member says of itself that is none of our nodes must not keep the others from finding out who owns what. */
class ViewTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "16, 16", "999999, 999999"})
    void shouldBelieveNumbersOfLanes(String told, int lanes) {
        assertThat(View.lanes(told)).isEqualTo(lanes);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"0", "-1", "many", "1.5", "99999999999", " 2"})
    void shouldTakeAnythingElseForNone(String told) {
        assertThat(View.lanes(told)).isZero();
    }
}
