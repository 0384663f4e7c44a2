package dev.purser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.purser.lane.RateLimits;

class NotationTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "10s, PT10S", "5m, PT5M", "12h, PT12H", "30d, P30D"})
    void shouldReadDurations(String text, Duration expected) {
        assertThat(Notation.DURATION.parse(text)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "0s", "-1s", "1.5s", "10 s", "10S", "99999999999s", "s"})
    void shouldRefuseOtherDurations(String text) {
        assertThat(Notation.DURATION.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"512B, 512", "64KiB, 65536", "32MiB, 33554432"})
    void shouldReadSizes(String text, long expected) {
        assertThat(Notation.SIZE.parse(text)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "64KB", "64kib", "0B", "-1B"})
    void shouldRefuseOtherSizes(String text) {
        assertThat(Notation.SIZE.parse(text)).isEmpty();
    }

    @Test
    void shouldReadLimits() {
        assertThat(Notation.LIMIT.parse("600 per 60s")).hasValue(new RateLimits.Limit(600, 60));
        assertThat(Notation.LIMIT.parse("5 per 1h")).hasValue(new RateLimits.Limit(5, 3_600));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "600", "600/60s", "0 per 60s", "600 per 60", "600 per 500ms", "600 per 1d"})
    void shouldRefuseOtherLimits(String text) {
        assertThat(Notation.LIMIT.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "65535, true", "65536, false", "-1, false", "80.0, false", "0x50, false", "'', false"})
    void shouldReadPorts(String text, boolean fine) {
        assertThat(Notation.PORT.parse(text).isPresent()).isEqualTo(fine);
    }

    @Test
    void shouldReadMembers() {
        assertThat(Notation.MEMBERS.parse("")).hasValue(List.of());
        assertThat(Notation.MEMBERS.parse("a:5701, b.example:5702")).hasValue(List.of("a:5701", "b.example:5702"));
        assertThat(Notation.MEMBERS.parse("dns:purser-nodes.default.svc")).isPresent();
        assertThat(Notation.MEMBERS.parse("a")).isEmpty();
        assertThat(Notation.MEMBERS.parse("a:b")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"https://app.example.com, true", "'https://a.example,http://localhost:3000', true", "*, false",
            "https://app.example.com/, false", "app.example.com, false"})
    void shouldReadOrigins(String text, boolean fine) {
        assertThat(Notation.ORIGINS.parse(text).isPresent()).isEqualTo(fine);
    }

    @ParameterizedTest
    @CsvSource({"htpp.port, http.port", "lane, lanes", "HTTP.PORT, http.port", "database.uri, database.url"})
    void shouldFindTheNearestName(String name, String expected) {
        assertThat(Nearest.to(name, List.of("lanes", "http.port", "database.url"))).isEqualTo(expected);
    }
}
