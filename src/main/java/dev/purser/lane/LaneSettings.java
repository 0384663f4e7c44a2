package dev.purser.lane;

import java.time.Duration;

import dev.purser.wallet.Terms;

/**
 * The bounds of a lane.
 *
 * @param mailboxOperations how many operations may wait, and {@code mailboxBytes} how large they may be together
 * @param queueTime how long operations should wait at most: by the lane's pace, more than that are not taken in
 * @param batchOperations how many operations one commit takes at most, and {@code batchBytes} how large
 * @param patience how long an operation may wait before it is answered that it was not carried out
 * @param idle how long an unused wallet stays in memory, and {@code wallets} how many do
 * @param recentKeys how many answered keys are remembered, so that a retry needs no look at the database
 * @param terms what the house has settled, by which wallets decide
 */
public record LaneSettings(int mailboxOperations, long mailboxBytes, Duration queueTime, int batchOperations,
        long batchBytes,
        Duration patience, Duration idle, int wallets, int recentKeys, RateLimits rateLimits, Terms terms) {
}
