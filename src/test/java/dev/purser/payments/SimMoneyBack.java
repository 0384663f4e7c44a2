package dev.purser.payments;

import java.util.Optional;

import dev.purser.journal.Reversals.Standing;
import dev.purser.wallet.Reversal;

/** The real rule of how many tokens follow how much money, for a simulation that keeps the tables itself. */
public final class SimMoneyBack {

    private SimMoneyBack() {
    }

    /** What is left to do about a payment, if anything is. */
    public static Optional<Reversal> next(Standing standing) {
        return MoneyBackRules.next(standing);
    }
}
