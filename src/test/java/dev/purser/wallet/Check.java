package dev.purser.wallet;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** Assertions that cost next to nothing while they hold, for tests that make millions of them. */
final class Check {

    private Check() {
    }

    static void that(boolean holds, String law) {
        if (!holds) {
            throw new AssertionError("Expected " + law);
        }
    }

    static void same(String what, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("Expected " + what + ":\n " + expected + "\nbut got:\n " + actual);
        }
    }
}
