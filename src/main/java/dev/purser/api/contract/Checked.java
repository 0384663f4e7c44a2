package dev.purser.api.contract;

import java.util.List;

/** What came of reading a part of a request against the contract. */
public sealed interface Checked {

    /** It is as the contract has it. */
    record Valid(Fields fields) implements Checked {
    }

    /** It is not; at least one violation. */
    record Invalid(List<Violation> violations) implements Checked {
    }
}
