package dev.purser.wallet;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A wallet as it stands after its last entry.
 *
 * @param version the number of its last entry, 0 when it has none
 * @param balance all its tokens: those in {@code lots}, which may be spent, and those in {@code holds}
 * @param debt what a refund or a dispute could not take back
 * @param updatedAt when its last entry was written; the times of a wallet's entries never go back
 * @param granted see {@link Allowance}
 */
public record Wallet(String id, long version, long balance, long held, long debt, Standing standing, Totals totals,
        Lots lots, Holds holds, Sendings sendings, @Nullable Instant updatedAt, long granted) {

    public Wallet {
        if (balance < 0 || held < 0 || held > balance || debt < 0 || version < 0 || granted < 0) {
            throw new IllegalStateException(
                    "Expected a wallet that is nowhere negative and holds no more than it has, but %s would have version %d, balance %d, held %d, debt %d, granted %d"
                            .formatted(id, version, balance, held, debt, granted));
        }
    }

    /** A wallet that nothing has happened to. */
    public static Wallet empty(String id) {
        return new Wallet(id, 0, 0, 0, 0, Standing.OPEN, Totals.NONE, Lots.NONE, Holds.NONE, Sendings.NONE, null, 0);
    }

    /** What may be spent. */
    public long available() {
        return balance - held;
    }

    public Status status() {
        return switch (standing) {
            case OPEN -> debt > 0 ? Status.DEBT : Status.ACTIVE;
            case FROZEN -> Status.FROZEN;
            case CLOSED -> Status.CLOSED;
        };
    }

    /** When the next hold or lot runs out, and with it {@link Command.ExpireDue} has something to do. */
    public @Nullable Instant nextDue() {
        Instant lot = lots.nextExpiry();
        Instant hold = holds.nextExpiry();
        if (lot == null || hold == null) {
            return lot == null ? hold : lot;
        }
        return lot.isBefore(hold) ? lot : hold;
    }

    public boolean isDue(Instant now) {
        Instant due = nextDue();
        return due != null && !due.isAfter(now);
    }

    /** The wallet after one more entry. The only way in which a wallet changes. */
    Wallet apply(Entry entry, Lots newLots, Holds newHolds, Standing newStanding) {
        return new Wallet(id, entry.seq(), entry.balanceAfter(), Math.addExact(held, entry.held()),
                Math.addExact(debt, entry.debt()), newStanding, totals.plus(entry.kind(), entry.amount()), newLots,
                newHolds, sendings, entry.at(), grantedAfter(entry.kind(), newLots, newHolds));
    }

    private long grantedAfter(EntryKind kind, Lots newLots, Holds newHolds) {
        return switch (kind) {
            case SUBSCRIPTION_GRANT -> allowanceIn(newLots, newHolds);
            case EXPIRY, CLOSE -> allowance().grantedAfterLoss(allowanceIn(newLots, newHolds));
            default -> granted;
        };
    }

    private static long allowanceIn(Lots lots, Holds holds) {
        return Math.addExact(lots.total(LotSource.ALLOWANCE), holds.total(LotSource.ALLOWANCE));
    }

    public Allowance allowance() {
        return new Allowance(granted, allowanceIn(lots, holds));
    }

    /** The same wallet, with what its last entry sent counted for the limits. */
    Wallet sent(Transfer transfer, Instant now) {
        return new Wallet(id, version, balance, held, debt, standing, totals, lots, holds,
                sendings.plus(transfer, version, now), updatedAt, granted);
    }
}
