package dev.purser.cluster;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How long another node has been asked without a word from it. Any thread may tell and ask. */
final class Silence {

    /** After so long it is asked for nothing more, but only whether it is there. */
    private static final long PATIENCE = Duration.ofSeconds(3).toNanos();
    /** After so long nobody waits any more for what it was asked. */
    private static final long GIVEN_UP = Duration.ofSeconds(6).toNanos();
    private static final long NONE = 0;

    /** When it was first asked since it was last heard of. */
    private final AtomicLong asked = new AtomicLong(NONE);

    /** Whether it may be asked for something now; if so, it is taken to be. */
    boolean letsAsk(long now) {
        // The clock may well show the number that stands for nothing; a nanosecond more or less does not matter.
        long first = asked.compareAndExchange(NONE, now | 1);
        return first == NONE || now - first < PATIENCE;
    }

    /** Whether it has been silent for so long that it has to be found out whether it is there. */
    boolean isSuspicious(long now) {
        return lasts(PATIENCE, now);
    }

    boolean isGivenUp(long now) {
        return lasts(GIVEN_UP, now);
    }

    private boolean lasts(long nanos, long now) {
        long first = asked.get();
        return first != NONE && now - first >= nanos;
    }

    /** It was heard of. */
    void broken() {
        asked.set(NONE);
    }
}
