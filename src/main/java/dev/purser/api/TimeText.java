package dev.purser.api;

import java.time.Instant;

/**
 * Times as text. All entries of a batch have the same time, and to write that down takes as long as the rest of their replies:
 * so the last one is kept.
 */
final class TimeText {

    private record Written(Instant time, String text) {

        static Written of(Instant time) {
            return new Written(time, time.toString());
        }
    }

    /** Threads may miss each other's, but see whole ones only. */
    private static Written last = Written.of(Instant.EPOCH);

    private TimeText() {
    }

    static String of(Instant time) {
        Written known = last;
        if (!known.time().equals(time)) {
            known = Written.of(time);
            last = known;
        }
        return known.text();
    }
}
