package dev.purser.api.contract;

import org.jspecify.annotations.Nullable;

/** Finds characters that no text may have: controls, which break logs and tables, and halves of surrogate pairs. */
final class CharacterFaults {

    private CharacterFaults() {
    }

    /** What is wrong with the text, or null. Line breaks and tabs are controls too, unless {@code lines} are allowed. */
    static @Nullable String of(String text, boolean lines) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
                if (!(lines && (c == '\n' || c == '\r' || c == '\t'))) {
                    return "it has the control character U+%04X".formatted((int) c);
                }
            } else if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return "it has half of a surrogate pair";
                }
                i++;
            }
        }
        return null;
    }
}
