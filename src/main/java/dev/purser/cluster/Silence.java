package dev.purser.cluster;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How long another node has been asked without a word from it. Any thread may tell and ask. */
final class Silence {

    /** So long may an answer take before it is a silence. */
    private static final long PATIENCE = Duration.ofSeconds(3).toNanos();
    /** So often a silent node is asked nevertheless. */
    private static final long AGAIN = Duration.ofSeconds(1).toNanos();
    private static final long NONE = 0;

    /** When it was first asked since it was last heard of. */
    private final AtomicLong askedFirst = new AtomicLong(NONE);
    private final AtomicLong askedLast = new AtomicLong();

    /** Whether it may be asked now; if so, it is taken to be. */
    boolean letsAsk(long now) {
        // The clock may well show the number that stands for nothing; a nanosecond more or less does not matter.
        long first = askedFirst.compareAndExchange(NONE, now | 1);
        if (first == NONE || now - first < PATIENCE) {
            askedLast.set(now);
            return true;
        }
        long last = askedLast.get();
        return now - last >= AGAIN && askedLast.compareAndSet(last, now);
    }

    /** It was heard of. */
    void broken() {
        askedFirst.set(NONE);
    }
}
