package dev.purser.api.contract;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonToken;

/** A point in time as RFC 3339 writes it, kept in whole microseconds as the database does. */
record TimeType() implements Type {

    private static final int SHORTEST = "2026-01-01T00:00:00Z".length();
    private static final int LONGEST = 40;

    @Override
    public String expected() {
        return "a time such as 2026-11-20T08:30:00Z";
    }

    @Override
    public @Nullable Object read(JsonReading in) throws IOException {
        Object time = in.parser().currentToken() == JsonToken.VALUE_STRING ? parse(in.parser().getText()) : null;
        return time == null ? in.mismatch(this) : time;
    }

    @Override
    public @Nullable Object parse(String text) {
        if (text.length() < SHORTEST || text.length() > LONGEST || !Character.isDigit(text.charAt(0))) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return time.isBefore(Instant.EPOCH) ? null : time.truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeParseException notATime) {
            return null;
        }
    }
}
