package dev.purser.live;

import org.jspecify.annotations.Nullable;

/**
 * What one client is shown: versions only rise, and while it has not read what it was sent only the latest waits. That its
 * allowance is near its end it is told once for each level, and anew with the next allowance. Used on the client's own thread.
 */
final class Feed {

    private final Outlet outlet;
    private long seen = -1;
    private @Nullable Shown waiting;
    private @Nullable Warning warned;

    /** Where to a client is written. */
    interface Outlet {

        /** Whether it has not read yet what it was sent, up to a bound. */
        boolean isFull();

        void write(Shown shown);

        void write(Warning warning);
    }

    Feed(Outlet outlet) {
        this.outlet = outlet;
    }

    /** The client knows the wallet already, up to this version. */
    void resume(long version) {
        seen = Math.max(seen, version);
    }

    long seen() {
        return seen;
    }

    void offer(Shown shown) {
        Shown latest = waiting;
        if (shown.version() > seen && (latest == null || shown.version() > latest.version())) {
            waiting = shown;
            flush();
        }
    }

    /** Sends what waits, if the client can take it. */
    void flush() {
        Shown next = waiting;
        if (next != null && !outlet.isFull()) {
            waiting = null;
            if (next.version() > seen) {
                seen = next.version();
                outlet.write(next);
                warn(next.warning());
            }
        }
    }

    /** The client knows how its wallet stands, but maybe not that its allowance is near its end. */
    void warn(@Nullable Warning now) {
        if (now == null || now.isWorseThan(warned)) {
            warned = now;
            if (now != null) {
                outlet.write(now);
            }
        }
    }
}
