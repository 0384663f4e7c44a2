package dev.purser.payments;

import java.math.BigInteger;
import java.util.Optional;

import dev.purser.journal.Reversals.Standing;
import dev.purser.wallet.Reversal;
import dev.purser.wallet.TakenBack;

/**
 * How many tokens go back for how much money: as large a part of them as of the price, rounded down of the sum rather than
 * of each, so that many small refunds come to exactly what one large would.
 */
final class MoneyBackRules {

    private MoneyBackRules() {
    }

    /** What is left to do about a payment, if anything is. */
    static Optional<Reversal> next(Standing standing) {
        long price = standing.price();
        long refunded = refunded(standing);
        long gone = Math.min(price, refunded + standing.chargedBack());
        long atStake = Math.min(price, gone + standing.disputed());
        long forRefunds = tokens(standing, refunded);
        long all = tokens(standing, gone);
        TakenBack before = standing.takenBack();
        Reversal next = new Reversal(standing.paymentId(), before, forRefunds, all - forRefunds,
                tokens(standing, atStake) - all, standing.nextStep());
        return next.refunded() == before.refunded() && next.disputed() == before.disputed()
                && next.frozen() == before.frozen() ? Optional.empty() : Optional.of(next);
    }

    /** How many of the tokens are for money that is gone for good, when disputes have {@code lost} so much of it. */
    static long forGood(Standing standing, long lost) {
        return tokens(standing, Math.min(standing.price(), refunded(standing) + lost));
    }

    private static long refunded(Standing standing) {
        return Math.min(standing.price(), Math.max(standing.refunds(), standing.refundedInAll()));
    }

    private static long tokens(Standing standing, long money) {
        return BigInteger.valueOf(standing.bought()).multiply(BigInteger.valueOf(Math.max(0, money)))
                .divide(BigInteger.valueOf(standing.price())).longValueExact();
    }
}
