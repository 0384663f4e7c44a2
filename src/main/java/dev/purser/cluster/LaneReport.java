package dev.purser.cluster;

/**
 * How a lane is, as it says itself.
 *
 * @param depth operations that wait or are being carried out
 * @param wallets those in memory
 * @param operations how many were made durable since the node's start, in so many {@code batches}
 */
public record LaneReport(int depth, int wallets, long operations, long batches) {
}
