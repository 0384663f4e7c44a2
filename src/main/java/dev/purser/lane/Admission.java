package dev.purser.lane;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How many operations a lane takes in, so that none waits much longer than it should. It goes by what those that come to
 * their turn have waited: as many as came in that time passed in it, so half of them would have waited half as long. A
 * crowd that passes is none of its business, only one that stays; it has not passed before there is room for all again.
 */
final class Admission {

    /** So many are always let in, however slow the lane: a batch of nothing would make it no faster. */
    static final int LEAST = 64;

    /** A crowd stays when all have waited too long for so many times as long as they should. */
    private static final int TIMES = 5;

    /** Half as much again with each batch that finds it has room: if the crowd is still there, few wait too long. */
    private static final int GROWS_BY = 2;

    private final int most;
    private final Duration wanted;
    private final Duration crowdStays;
    private int limit;
    private @Nullable Instant crowdedSince;

    /** @param most how many there is room for at all */
    Admission(int most, Duration wanted) {
        this.most = most;
        this.wanted = wanted;
        this.crowdStays = wanted.multipliedBy(TIMES);
        this.limit = most;
    }

    boolean admits(int operations) {
        return operations < limit;
    }

    /** The oldest of so many operations, which came then, has come to its turn now. */
    void opened(Instant arrived, Instant now, int operations) {
        Duration time = Duration.between(arrived, now);
        if (time.compareTo(wanted) <= 0) {
            crowdedSince = null;
            if (time.compareTo(wanted.dividedBy(2)) < 0) {
                limit = within(limit + 1L + limit / GROWS_BY);
            }
        } else if (limit < most || stays(now)) {
            limit = within(Math.min(limit, (long) (operations * ((double) wanted.toNanos() / time.toNanos()))));
        }
    }

    private boolean stays(Instant now) {
        if (crowdedSince == null) {
            crowdedSince = now;
        }
        return Duration.between(crowdedSince, now).compareTo(crowdStays) > 0;
    }

    private int within(long wished) {
        return Math.clamp(wished, Math.min(LEAST, most), most);
    }
}
