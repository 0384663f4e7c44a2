package dev.purser;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with the settings, collected so that all of it can be said at once. */
final class Problems {

    private final List<String> lines = new ArrayList<>();

    /** Notes that {@code found} is wrong; what was found is shown unless it is a secret. */
    void wrong(Found found, String expected) {
        add(found.path(), found.origin(), "Expected " + expected + ", but found " + found.shown());
    }

    /** Notes a problem that is not about one value's form. */
    void add(String setting, String origin, String text) {
        lines.add(setting + " (" + origin + "): " + text);
    }

    void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new WrongSettings(lines);
        }
    }
}
