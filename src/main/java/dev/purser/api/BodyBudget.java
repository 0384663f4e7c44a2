package dev.purser.api;

/** How much of unfinished bodies one server keeps at a time, over all of its connections. */
final class BodyBudget {

    private static final int MOST_BYTES = 64 << 20;

    private int taken;

    /** Takes room for some more bytes; false when there is none. */
    boolean take(int bytes) {
        if (taken + bytes > MOST_BYTES) {
            return false;
        }
        taken += bytes;
        return true;
    }

    void giveBack(int bytes) {
        taken -= bytes;
    }
}
