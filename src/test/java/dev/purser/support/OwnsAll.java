package dev.purser.support;

import java.time.Instant;

import dev.purser.lane.Ownership;

/** Owns every wallet, whatever others think. */
public enum OwnsAll implements Ownership {
    /** There is nobody before whose writes could still be under way. */
    FOR_LONG,
    /** The owner before may still have writes under way. */
    SINCE_NOW;

    /** What is decided may be written whenever it comes. */
    public static final Instant FOR_EVER = Instant.parse("9999-12-31T00:00:00Z");

    @Override
    public Instant writableUntil() {
        return FOR_EVER;
    }

    @Override
    public int term(String walletId) {
        return 1;
    }

    @Override
    public boolean isSure(String walletId, int term) {
        return true;
    }

    @Override
    public boolean isFresh(String walletId) {
        return this == SINCE_NOW;
    }
}
