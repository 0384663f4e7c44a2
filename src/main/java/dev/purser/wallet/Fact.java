package dev.purser.wallet;

import org.jspecify.annotations.Nullable;

/** What a decision makes true beside its entries; the journal writes each sort to a table of its own, in one commit. */
public sealed interface Fact {

    /** A hold was opened, changed or ended. */
    record HoldChanged(Hold hold, HoldState state) implements Fact {
    }

    /**
     * Tokens were put in the post.
     *
     * @param lots what they were taken from, in case that they come back
     * @param before the number of the wallet's entry that had sent something last, 0 when it is the first to do so
     */
    record Sent(Transfer transfer, Lots lots, long before) implements Fact {
    }

    /**
     * A transfer was taken in by the wallet that it was for.
     *
     * @param earning what it is worth, if it was earned
     */
    record Received(Transfer transfer, @Nullable Earning earning) implements Fact {
    }

    /** A transfer that could not be taken in any more came back. */
    record Returned(Transfer transfer) implements Fact {
    }

    /** What a payment buys was brought in. */
    record Paid(Payment payment) implements Fact {
    }

    /** So much of what a payment has bought is taken back now. */
    record Reversed(String paymentId, TakenBack now) implements Fact {
    }

    /** A wallet was let off what was given on, by the step of that number. It is with {@link Reversed}, which says how much. */
    record Forgiven(String paymentId, int number) implements Fact {
    }

    /** So much of what was given on is set aside and taken now; it was decided on when that was the payment's next step. */
    record GivenOnChanged(Recovered now, int step) implements Fact {
    }

    /** Someone of the house intervened, and why. */
    record Audited(String action, String by, String reason, long amount) implements Fact {
    }
}
