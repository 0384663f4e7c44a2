package dev.purser.support;

/**
 * How requests come.
 *
 * @param perSecond so many arrive whatever becomes of those before them; 0 as many as are answered
 * @param atOnce how many may be under way; what arrives beyond that stays away
 */
public record Pace(int perSecond, int atOnce) {

    /** Longer than any client waits for an answer, so that those of a node that hangs do not keep the others away. */
    private static final int SECONDS_AT_ONCE = 20;

    /** So many clients, each of whom asks again when it has its answer. */
    public static Pace clients(int count) {
        return new Pace(0, count);
    }

    /** A crowd that does not wait for answers, as the world is. */
    public static Pace arrivals(int perSecond) {
        return new Pace(perSecond, perSecond * SECONDS_AT_ONCE);
    }

    boolean isOpen() {
        return perSecond > 0;
    }
}
