package dev.purser.journal;

import java.util.Locale;

/** Enum constants are stored in small letters. */
final class Names {

    private Names() {
    }

    static String constant(String stored) {
        return stored.toUpperCase(Locale.ROOT);
    }
}
