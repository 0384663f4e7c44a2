package dev.purser.lane;

/**
 * What a caller has left of a rate limit.
 *
 * @param policy the limit's name
 * @param limit how many operations a window allows
 * @param windowSeconds the window
 * @param remaining how many are left now
 * @param resetSeconds when all of them are available again, or after a refusal when the next one is
 */
public record Quota(String policy, int limit, int windowSeconds, int remaining, int resetSeconds) {
}
