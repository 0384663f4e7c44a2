package dev.purser.api;

import org.jspecify.annotations.Nullable;

/** Reads the {@code Idempotency-Key} header: a structured field's string, or the same without quotes. */
final class IdempotencyKeys {

    private static final int LONGEST = 255;

    private IdempotencyKeys() {
    }

    /** Returns null when the header is not 1 to 255 visible ASCII characters, properly quoted or not at all. */
    static @Nullable String parse(String header) {
        String key = header.startsWith("\"") ? unquoted(header) : header;
        if (key == null || key.isEmpty() || key.length() > LONGEST) {
            return null;
        }
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) <= ' ' || key.charAt(i) > '~') {
                return null;
            }
        }
        return key;
    }

    private static @Nullable String unquoted(String header) {
        StringBuilder key = new StringBuilder(header.length());
        int last = header.length() - 1;
        for (int i = 1; i < last; i++) {
            char c = header.charAt(i);
            if (c == '"') {
                return null;
            }
            if (c == '\\') {
                i++;
                c = header.charAt(i);
                if (i == last || (c != '"' && c != '\\')) {
                    return null;
                }
            }
            key.append(c);
        }
        return last > 0 && header.charAt(last) == '"' ? key.toString() : null;
    }
}
