package dev.purser.api;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import dev.purser.api.contract.Fields;

/** Where a page ended, sealed up with the filters that it was for. */
final class Cursor {

    private Cursor() {
    }

    static String of(String filters, String position) {
        String text = Fingerprint.of(filters) + position;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The position, or null when the cursor is not one of these filters. */
    static @Nullable String position(String filters, String cursor) {
        String seal = Fingerprint.of(filters);
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            boolean ours = text.startsWith(seal) && text.chars().allMatch(c -> c >= ' ' && c <= '~');
            return ours ? text.substring(seal.length()) : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /** Below which number to go on: any, when there is no cursor; null when the cursor is not one of these filters. */
    static @Nullable Long number(Fields wanted, String filters) {
        String cursor = wanted.optionalText("cursor");
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        String position = position(filters, cursor);
        try {
            return position == null ? null : Long.valueOf(position);
        } catch (NumberFormatException forged) {
            return null;
        }
    }

    /** Before which moment to go on; null when the cursor is not one of these filters. */
    static @Nullable Moment moment(String filters, String cursor) {
        String position = position(filters, cursor);
        int space = position == null ? -1 : position.indexOf(' ');
        if (position == null || space < 1 || !Character.isDigit(position.charAt(0))) {
            return null;
        }
        try {
            return new Moment(Instant.parse(position.substring(0, space)), position.substring(space + 1));
        } catch (DateTimeException forged) {
            return null;
        }
    }

    /** A time, and an id that tells apart what happened at that time. */
    record Moment(Instant at, String id) {

        String cursor(String filters) {
            return Cursor.of(filters, at + " " + id);
        }
    }

    static Problem refused() {
        return Problem.of(ProblemCode.INVALID_CURSOR,
                "Expected the next_cursor of a page with the same filters, but it is another text");
    }
}
