package dev.purser.wallet;

import java.time.Instant;

/** Why a command was not carried out. A refused command has changed nothing. */
public sealed interface Refusal {

    record InsufficientFunds(long available, long required) implements Refusal {
    }

    record InDebt(long debt) implements Refusal {
    }

    record Frozen() implements Refusal {
    }

    record Closed() implements Refusal {
    }

    /** The caller neither owns the wallet nor has the scope. */
    record NotAllowed() implements Refusal {
    }

    /** No such hold is open; it may have been, once. */
    record NoOpenHold(String holdId) implements Refusal {
    }

    /** A backend opened the hold, so it takes one to touch it. */
    record HoldGuarded(String holdId) implements Refusal {
    }

    record HoldExists(String holdId) implements Refusal {
    }

    record ExceedsHold(long held, long required) implements Refusal {
    }

    record TooManyHolds(int limit) implements Refusal {
    }

    record TooManyLots(int limit) implements Refusal {
    }

    /** A number of the wallet would no longer fit into 64 bits, or a time into the calendar. */
    record TooLarge() implements Refusal {
    }

    record SourceNeverExpires(LotSource source) implements Refusal {
    }

    record ExpiresInThePast(Instant expiresAt) implements Refusal {
    }

    record AlreadyFrozen() implements Refusal {
    }

    record NotFrozen() implements Refusal {
    }

    /** Tokens cannot be sent to the wallet that they come from. */
    record ToItself() implements Refusal {
    }

    /** Tips and calls are for creators. */
    record NoCreator(String id) implements Refusal {
    }

    record RecipientFrozen(String id) implements Refusal {
    }

    record RecipientClosed(String id) implements Refusal {
    }

    /** Larger than any single transfer may be. */
    record TransferTooLarge(long limit) implements Refusal {
    }

    /** As many transfers as one minute may have; the next ones are taken from {@code until} on. */
    record TooManyTransfers(int limit, Instant until) implements Refusal {
    }

    /** It would be more tokens than one day may have, of which {@code sent} are gone; from {@code until} on it is another. */
    record SentEnoughToday(long limit, long sent, Instant until) implements Refusal {
    }

    /** The hold belongs to a call, a payout or a disputed purchase, and is not changed but with that. */
    record HoldInUse(String holdId) implements Refusal {
    }

    record PayoutTooSmall(long least) implements Refusal {
    }

    /** Less than was asked for was earned, and long enough ago. */
    record NotPayable(long payable, long required) implements Refusal {
    }

    record HoldsOpen(int count) implements Refusal {
    }

    record NotEmpty(long balance) implements Refusal {
    }
}
