package dev.purser.wallet;

/** What a decision makes true beside its entries; the journal writes each sort to a table of its own, in one commit. */
public sealed interface Fact {

    /** A hold was opened, changed or ended. */
    record HoldChanged(Hold hold, HoldState state) implements Fact {
    }

    /** Someone of the house intervened, and why. */
    record Audited(String action, String by, String reason, long amount) implements Fact {
    }
}
