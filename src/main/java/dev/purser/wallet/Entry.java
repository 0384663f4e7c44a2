package dev.purser.wallet;

import java.time.Instant;

/**
 * One line of a wallet's ledger. Everything that changes a wallet is an entry, so the number of the last one is the
 * wallet's version.
 *
 * @param amount what it adds to the balance, {@code held} to what is on hold, {@code debt} to what is owed
 */
public record Entry(long seq, EntryKind kind, long amount, long held, long debt, long balanceAfter, Instant at,
        Memo memo) {
}
