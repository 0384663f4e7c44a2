package dev.purser.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

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

    static Problem refused() {
        return Problem.of(ProblemCode.INVALID_CURSOR,
                "Expected the next_cursor of a page with the same filters, but it is another text");
    }
}
