package dev.purser.wallet;

import java.util.Locale;

/** Why an entry was written. */
public enum EntryKind {
    PURCHASE,
    BONUS,
    SUBSCRIPTION_GRANT,
    PROMO,
    SPEND,
    USAGE,
    TIP,
    GIFT,
    CALL,
    PAYOUT,
    RETURN,
    HOLD,
    RELEASE,
    REFUND,
    DISPUTE,
    REINSTATEMENT,
    DEBT_REPAYMENT,
    ADJUSTMENT,
    EXPIRY,
    IMPORT,
    FREEZE,
    UNFREEZE,
    CLOSE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The kind as tables and clients write it. */
    public String text() {
        return text;
    }
}
