package dev.purser.support;

import dev.purser.lane.Ownership;

/** Owns every wallet, whatever others think. */
public enum OwnsAll implements Ownership {
    /** There is nobody before whose writes could still be under way. */
    FOR_LONG,
    /** The owner before may still have writes under way. */
    SINCE_NOW;

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
