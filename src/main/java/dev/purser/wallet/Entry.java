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

    /** Whether nothing of its wallet changes by it but the balance, what was spent, the lots, and the time of the last entry. */
    public boolean onlySpends() {
        return amount < 0 && held == 0 && debt == 0 && switch (kind) {
            case SPEND, USAGE, TIP, GIFT, CALL -> true;
            default -> false;
        };
    }
}
