package dev.purser.api.contract;

import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonToken;

/** A point in time as RFC 3339 writes it, kept in whole microseconds as the database does. */
record TimeType() implements Type {

    private static final Pattern RFC_3339 = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");
    /** Of later ones a year has five digits, which RFC 3339 cannot write: an offset may lead there. */
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999999Z");

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
        if (!RFC_3339.matcher(text).matches()) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return time.isBefore(Instant.EPOCH) || time.isAfter(END) ? null : time.truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeParseException notATime) {
            return null;
        }
    }
}
