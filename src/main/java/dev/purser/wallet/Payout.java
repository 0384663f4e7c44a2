package dev.purser.wallet;

import org.jspecify.annotations.Nullable;

/**
 * Earned tokens that a creator wants to be paid out. They wait under a hold: while it is open nobody has decided; settled,
 * they were paid out; released, that was rejected; expired, nobody decided in time.
 *
 * @param cents what they were worth when they were asked for, rounded down
 * @param decidedBy who approved or rejected it
 * @param note the reference of the payment, or why it was rejected
 */
public record Payout(long cents, @Nullable String decidedBy, @Nullable String note) implements HoldUse {

    private static final String STRIPE = "stripe:";

    /** What of a wallet's free tokens may be paid out, when all but {@code earnedBefore} were earned only lately. */
    public static long payable(Wallet wallet, long earnedBefore) {
        long young = Math.max(0, wallet.totals().earned() - earnedBefore);
        return Math.max(0, wallet.lots().total(LotSource.EARNED) - young);
    }

    /** The reference of one that a payment provider is to send to an account with it. */
    public static String toStripe(String account) {
        return STRIPE + account;
    }

    /** Whom Stripe is to send it to, if it is. */
    public @Nullable String stripeAccount() {
        return note != null && note.startsWith(STRIPE) ? note.substring(STRIPE.length()) : null;
    }

    Payout decided(String by, String why) {
        return new Payout(cents, by, why);
    }
}
