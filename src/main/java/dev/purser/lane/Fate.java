package dev.purser.lane;

import java.util.List;

/** What became of a wallet's part in a batch. */
sealed interface Fate {

    Turn turn();

    /** Written. */
    record Durable(Turn turn) implements Fate {
    }

    /** Not written: another owner wrote this wallet meanwhile. */
    record Missed(Turn turn) implements Fate {
    }

    /** Not written: some of its keys were used before. */
    record KeysTaken(Turn turn, List<Journal.Taken> taken) implements Fate {
    }

    /** Not written, and it never will be. */
    record Rejected(Turn turn, Throwable cause) implements Fate {
    }

    /** Not written, but the same may succeed later. */
    record NotApplied(Turn turn, Throwable cause) implements Fate {
    }

    /** The commit gave no answer, and it was found out: written or not. What is in memory is out of date either way. */
    record FoundOut(Turn turn, boolean written) implements Fate {
    }
}
