package dev.purser.lane;

import org.jspecify.annotations.Nullable;

/** How often an owner may use its own wallet; null where there is no limit. Backends with a scope are not limited. */
public record RateLimits(@Nullable Limit reads, @Nullable Limit writes) {

    public static final RateLimits OFF = new RateLimits(null, null);

    /** So many operations in any window of so many seconds; all of them may come at once. */
    public record Limit(int operations, int windowSeconds) {
    }
}
