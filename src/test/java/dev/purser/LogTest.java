package dev.purser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;

/** The log as {@code conf/logback.xml} has it. */
class LogTest {

    private static final String FORGED = "2026-11-21 ERROR forged";

    @Test
    void shouldLetNoTextMakeALineOfItsOwn() {
        for (String end : new String[]{"\n", "\r\n", "\r", "\u0085", "\u2028", "\u0000\u001b[2K\n\n"}) {
            assertThat(lines("wallet {} is gone", "a" + end + FORGED, null)).hasSize(2)
                    .anyMatch(line -> line.endsWith(FORGED + " is gone"));
        }
    }

    @Test
    void shouldLetNoFailureMakeALineOfItsOwn() {
        for (String end : new String[]{"\n", "\r\n", "\r", "\n\n", "\u2028"}) {
            Exception failure = new IllegalStateException("outer" + end + FORGED,
                    new IllegalArgumentException("inner" + end + FORGED));
            assertThat(lines("{} failed", "it", failure)).noneMatch(line -> line.startsWith("2026"))
                    .anyMatch(line -> line.endsWith("inner " + FORGED)).anyMatch(line -> line.startsWith("\tat "))
                    .anyMatch(line -> line.startsWith("Wrapped by: "));
        }
    }

    private static String[] lines(String message, String argument, @Nullable Throwable failure) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ConsoleAppender<ILoggingEvent> console = (ConsoleAppender<ILoggingEvent>) root.getAppender("CONSOLE");
        byte[] written = console.getEncoder().encode(
                new LoggingEvent(LogTest.class.getName(), root, Level.ERROR, message, failure, new Object[]{argument}));
        return new String(written, StandardCharsets.UTF_8).split("[\r\n\u0085\u2028]+", -1);
    }
}
