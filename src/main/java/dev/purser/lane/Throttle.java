package dev.purser.lane;

import java.time.Instant;

/**
 * A rate limit in one number, the time at which the allowance will be whole again (GCRA): each operation moves it on by
 * its share of the window, and it may not lie further ahead than a window.
 */
final class Throttle {

    private static final long MICROS = 1_000_000;

    private Throttle() {
    }

    static Verdict take(RateLimits.Limit limit, long wholeAgainMicros, Instant now, String policy) {
        long nowMicros = Math.addExact(Math.multiplyExact(now.getEpochSecond(), MICROS), now.getNano() / 1_000);
        long window = limit.windowSeconds() * MICROS;
        long share = Math.max(1, window / limit.operations());
        long next = Math.max(wholeAgainMicros, nowMicros) + share;
        long ahead = next - nowMicros;
        if (ahead > window) {
            return new Verdict(false, wholeAgainMicros, new Quota(policy, limit.operations(), limit.windowSeconds(), 0,
                    seconds(ahead - window)));
        }
        return new Verdict(true, next, new Quota(policy, limit.operations(), limit.windowSeconds(),
                (int) ((window - ahead) / share), seconds(ahead)));
    }

    private static int seconds(long micros) {
        return (int) Math.ceilDiv(micros, MICROS);
    }

    /** Whether there was one left, and what to remember. */
    record Verdict(boolean allowed, long state, Quota quota) {
    }
}
