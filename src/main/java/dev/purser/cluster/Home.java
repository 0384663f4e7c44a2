package dev.purser.cluster;

import java.util.concurrent.TimeUnit;

/** Where a wallet lives, as this node sees it at the moment. */
sealed interface Home {

    /** On this node, in its {@code term}th term there, since then by {@link System#nanoTime}. */
    record Here(int lane, int term, long sinceNanos) implements Home {

        /** For so long an owner before may still have writes under way: its lanes' patience and deadlines, and some. */
        private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(30);

        boolean isFresh() {
            return System.nanoTime() - sinceNanos < FRESH_NANOS;
        }
    }

    /** On another one. */
    record There(String nodeId, int lane) implements Home {

        /** The one address that this lane listens at. */
        String address() {
            return Addresses.of(nodeId, lane);
        }
    }

    /** Nowhere, for the moment: its partition has no owner. */
    record Nowhere() implements Home {
    }
}
