package dev.purser.lane;

/** A lane's load as others may see it, from any thread; a moment's figures, not necessarily of the same moment. */
public interface LaneView {

    /** How many operations wait or are being carried out. */
    int depth();

    /** How many wallets are in memory. */
    int wallets();

    /** How many operations were made durable so far. */
    long operations();

    /** In how many batches these were. */
    long batches();
}
