package dev.purser.api.tokens;

import java.time.Instant;

import dev.purser.wallet.Authority;

/** Who a verified token speaks for, and until when. */
public record Identity(Authority.Caller caller, Instant expiresAt) {

    boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
