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

    record HoldsOpen(int count) implements Refusal {
    }

    record NotEmpty(long balance) implements Refusal {
    }
}
