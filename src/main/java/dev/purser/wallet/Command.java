package dev.purser.wallet;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** What may be asked of a wallet. Amounts are positive unless said otherwise. */
public sealed interface Command {

    Permission permission();

    /** Shows the wallet and changes nothing. */
    record Look() implements Command {
        @Override
        public Permission permission() {
            return new Permission.OwnerOr(Scope.READ);
        }
    }

    /** Brings in tokens, which first repay what is owed. */
    record Credit(long amount, LotSource source, @Nullable Instant expiresAt, Memo memo) implements Command {
        public Credit {
            requireAtLeast(1, amount);
        }

        @Override
        public Permission permission() {
            return new Permission.Only(Scope.CREDIT);
        }
    }

    /** Brings in what was paid for. The provider says so, on whose word alone it is given. */
    record Purchase(Payment payment) implements Command {
        @Override
        public Permission permission() {
            return new Permission.Nobody();
        }
    }

    record Spend(long amount, Memo memo) implements Command {
        public Spend {
            requireAtLeast(1, amount);
        }

        @Override
        public Permission permission() {
            return new Permission.OwnerOr(Scope.CHARGE);
        }
    }

    /**
     * Sends tokens to another wallet: from the commit on they are that one's.
     *
     * @param transfer under the id by which it will be known; what an operation brings has none yet, since it is not known
     *            before the commit what goes the same way
     * @param obstacle why nothing can be sent there, as was found out before. It is left to the sender's wallet to say so,
     *            since that knows whether this was carried out before the obstacle arose
     */
    record Send(Transfer transfer, @Nullable Refusal obstacle) implements Command {
        @Override
        public Permission permission() {
            return new Permission.OwnerOr(Scope.CHARGE);
        }
    }

    /** Takes in what another wallet has sent. */
    record Receive(Transfer transfer) implements Command {
        @Override
        public Permission permission() {
            return new Permission.Nobody();
        }
    }

    /** Takes back what this wallet has sent to one that was closed before it arrived: the very tokens that were sent. */
    record TakeBack(Transfer transfer, Lots lots) implements Command {
        @Override
        public Permission permission() {
            return new Permission.Nobody();
        }
    }

    /**
     * Begins a call to a creator that is paid by the minute.
     *
     * @param most how many minutes it may last
     * @param lease how long it goes on without a sign of life
     * @param obstacle as in {@link Send}
     */
    record StartCall(String callId, String to, long rate, int most, boolean firstIsFree, Duration lease,
            @Nullable Refusal obstacle) implements Command {
        public StartCall {
            requireAtLeast(1, rate);
            requireAtLeast(1, most);
        }

        @Override
        public Permission permission() {
            return new Permission.OwnerOr(Scope.CHARGE);
        }
    }

    /** Says that whoever pays for a call is still there. */
    record RenewCall(String callId) implements Command {
        @Override
        public Permission permission() {
            return new Permission.OwnerOr(Scope.CHARGE);
        }
    }

    /** Ends a call. The minute that has begun is paid, the next one is not. */
    record EndCall(String callId) implements Command {
        @Override
        public Permission permission() {
            return new Permission.Party();
        }
    }

    /**
     * Sets earned tokens aside to be paid out.
     *
     * @param earnedBefore how many tokens the wallet had earned before the safety period began
     */
    record RequestPayout(String payoutId, long amount, long earnedBefore) implements Command {
        public RequestPayout {
            requireAtLeast(1, amount);
        }

        @Override
        public Permission permission() {
            return new Permission.OwnerOr(Scope.CHARGE);
        }
    }

    /** Takes out what was set aside for a payout: it was paid, under {@code reference}. */
    record ApprovePayout(String payoutId, String reference) implements Command {
        @Override
        public Permission permission() {
            return new Permission.Only(Scope.ADMIN);
        }
    }

    /** Gives back what was set aside for a payout. */
    record RejectPayout(String payoutId, String reason) implements Command {
        @Override
        public Permission permission() {
            return new Permission.Only(Scope.ADMIN);
        }
    }

    /** Sets tokens aside for at most {@code lifetime}. */
    record OpenHold(String holdId, long amount, @Nullable String purpose, Duration lifetime) implements Command {
        public OpenHold {
            requireAtLeast(1, amount);
        }

        @Override
        public Permission permission() {
            return new Permission.OwnerOr(Scope.CHARGE);
        }
    }

    /** Makes a hold larger by {@code amount} (which may be 0), longer, or both; never shorter. */
    record ExtendHold(String holdId, long amount, @Nullable Duration lifetime) implements Command {
        public ExtendHold {
            requireAtLeast(0, amount);
        }

        @Override
        public Permission permission() {
            return new Permission.OwnerOr(Scope.CHARGE);
        }
    }

    /** Spends {@code amount} (which may be 0) of a hold and gives back the rest; more than it holds only if allowed. */
    record SettleHold(String holdId, long amount, boolean allowOverage, Memo memo) implements Command {
        public SettleHold {
            requireAtLeast(0, amount);
        }

        @Override
        public Permission permission() {
            return new Permission.OwnerOr(Scope.CHARGE);
        }
    }

    record ReleaseHold(String holdId, Memo memo) implements Command {
        @Override
        public Permission permission() {
            return new Permission.OwnerOr(Scope.CHARGE);
        }
    }

    /** Gives back the holds and takes away the lots whose time has come. */
    record ExpireDue() implements Command {
        @Override
        public Permission permission() {
            return new Permission.Nobody();
        }
    }

    /** Takes back, or gives back, what a payment has bought, since its money went back, or did not after all. */
    record Reverse(Reversal reversal) implements Command {
        @Override
        public Permission permission() {
            return new Permission.Nobody();
        }
    }

    /** Lets a wallet off what is taken where it had given it on, or no longer. */
    record Forgive(Forgiveness forgiveness) implements Command {
        @Override
        public Permission permission() {
            return new Permission.Nobody();
        }
    }

    /** Sets aside, takes or gives back what somebody has given on whose payment went back, or may. */
    record Recover(Recovery recovery) implements Command {
        @Override
        public Permission permission() {
            return new Permission.Nobody();
        }
    }

    /** Corrects a balance by hand, up or (a negative amount) down. */
    record Adjust(long amount, String reason) implements Command {
        @Override
        public Permission permission() {
            return new Permission.Only(Scope.ADMIN);
        }
    }

    /** Lets nothing go out until unfrozen; what is on hold may still be settled or released. */
    record Freeze(String reason) implements Command {
        @Override
        public Permission permission() {
            return new Permission.Only(Scope.ADMIN);
        }
    }

    record Unfreeze(String reason) implements Command {
        @Override
        public Permission permission() {
            return new Permission.Only(Scope.ADMIN);
        }
    }

    /** Ends a wallet for good. One that still has tokens is closed only with {@code forfeit}, and loses them. */
    record Close(String reason, boolean forfeit) implements Command {
        @Override
        public Permission permission() {
            return new Permission.Only(Scope.ADMIN);
        }
    }

    /** Keeps out amounts that would turn a command into its opposite; callers answer for them long before. */
    private static void requireAtLeast(long least, long amount) {
        if (amount < least) {
            throw new IllegalArgumentException("Expected an amount of at least " + least + ", but got " + amount);
        }
    }
}
