package dev.purser.wallet;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Tokens set aside for something that is not settled yet. Its lots do not expire while it holds them. */
public record Hold(String id, @Nullable String purpose, Instant expiresAt, Lots lots) {

    public long amount() {
        return lots.total();
    }
}
