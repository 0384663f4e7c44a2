package dev.purser.api.contract;

import org.jspecify.annotations.Nullable;

/** The ASCII characters that an id may be made of, from a pattern such as {@code ^[A-Za-z0-9_-]+$}. */
final class Alphabet {

    private final String pattern;
    private final boolean[] members = new boolean[128];

    private Alphabet(String pattern) {
        this.pattern = pattern;
    }

    /** Returns null when the pattern is not one class of ASCII characters, once or more. */
    static @Nullable Alphabet of(String pattern) {
        if (!pattern.startsWith("^[") || !pattern.endsWith("]+$")) {
            return null;
        }
        String members = pattern.substring(2, pattern.length() - 3);
        Alphabet alphabet = new Alphabet(pattern);
        for (int i = 0; i < members.length(); i++) {
            char first = members.charAt(i);
            boolean range = i + 2 < members.length() && members.charAt(i + 1) == '-';
            char last = range ? members.charAt(i + 2) : first;
            if (first > '~' || last > '~' || last < first || "\\[]^&".indexOf(first) >= 0) {
                return null;
            }
            for (char c = first; c <= last; c++) {
                alphabet.members[c] = true;
            }
            i += range ? 2 : 0;
        }
        return alphabet;
    }

    boolean accepts(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= members.length || !members[c]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return pattern.substring(1, pattern.length() - 2);
    }
}
