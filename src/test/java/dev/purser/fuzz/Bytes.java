package dev.purser.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Text in which any byte can be written, also such as no text has. */
final class Bytes {

    private static final char FIRST = 0xF700;

    private Bytes() {
    }

    /** A character that becomes this one byte. */
    static String raw(int... bytes) {
        StringBuilder text = new StringBuilder();
        for (int each : bytes) {
            text.append((char) (FIRST + each));
        }
        return text.toString();
    }

    /** UTF-8, but for the raw bytes. */
    static byte[] of(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (text.chars().noneMatch(c -> c >= FIRST && c < FIRST + 256)) {
            return utf8;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text.codePoints().forEach(c -> {
            if (c >= FIRST && c < FIRST + 256) {
                bytes.write(c - FIRST);
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(of(text));
    }

    /** To be shown to people: cut, and without anything that a terminal could mistake. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().limit(1_500)
                .forEach(c -> shown.append(c == '\n' || (c >= ' ' && c <= '~')
                        ? Character.toString(c)
                        : c == '\r' ? "" : "\\u%04x".formatted(c)));
        return shown + (text.length() > 1_500 ? "... (" + text.length() + ")" : "");
    }
}
