package dev.purser.wallet;

import java.util.List;

/** What becomes of a command. */
public sealed interface Decision {

    /** It is to be written: the receipt's entries and the facts, after which the wallet is {@code after}. */
    record Accepted(Wallet after, Receipt receipt, List<Fact> facts) implements Decision {
    }

    /** There is nothing to write. */
    record Unchanged() implements Decision {
    }

    record Refused(Refusal refusal) implements Decision {
    }
}
