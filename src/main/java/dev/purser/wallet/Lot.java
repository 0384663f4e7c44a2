package dev.purser.wallet;

import java.time.Instant;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/** Tokens of one source that expire at one time, or never. */
public record Lot(LotSource source, @Nullable Instant expiresAt, long amount) {

    /** What expires first is spent first, then by source. No two lots of a wallet are equal in this order. */
    static final Comparator<Lot> SPENDING_ORDER = Comparator
            .comparing(Lot::expiresAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparing(Lot::source);

    Lot withAmount(long newAmount) {
        return new Lot(source, expiresAt, newAmount);
    }

    boolean isDue(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }
}
