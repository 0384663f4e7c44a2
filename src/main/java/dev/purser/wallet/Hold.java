package dev.purser.wallet;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Tokens set aside for something that is not settled yet. Its lots do not expire while it holds them.
 *
 * @param guarded whether a backend opened it, for what it does for the owner: then the owner alone cannot touch it
 * @param use what it is part of; null when it is by itself
 */
public record Hold(String id, @Nullable String purpose, Instant expiresAt, boolean guarded, Lots lots,
        @Nullable HoldUse use) {

    public long amount() {
        return lots.total();
    }

    Hold with(HoldUse newUse) {
        return new Hold(id, purpose, expiresAt, guarded, lots, newUse);
    }
}
