package dev.purser.wallet;

/** What went through a wallet since it exists. */
public record Totals(long purchased, long spent, long earned) {

    public static final Totals NONE = new Totals(0, 0, 0);

    Totals plus(EntryKind kind, long amount) {
        return switch (kind) {
            case PURCHASE -> new Totals(Math.addExact(purchased, amount), spent, earned);
            case SPEND, USAGE -> new Totals(purchased, Math.subtractExact(spent, amount), earned);
            case TIP, CALL -> amount < 0
                    ? new Totals(purchased, Math.subtractExact(spent, amount), earned)
                    : new Totals(purchased, spent, Math.addExact(earned, amount));
            // What was given away was spent; what was received as a gift was neither bought nor earned.
            case GIFT -> amount < 0 ? new Totals(purchased, Math.subtractExact(spent, amount), earned) : this;
            // What could not be delivered was not spent after all.
            case RETURN -> new Totals(purchased, Math.subtractExact(spent, amount), earned);
            case BONUS, SUBSCRIPTION_GRANT, PROMO, HOLD, RELEASE, REFUND, DISPUTE, REINSTATEMENT, DEBT_REPAYMENT,
                    ADJUSTMENT, EXPIRY, IMPORT, FREEZE, UNFREEZE, CLOSE, PAYOUT ->
                this;
        };
    }
}
