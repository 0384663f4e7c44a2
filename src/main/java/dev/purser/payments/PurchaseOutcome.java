package dev.purser.payments;

import java.util.Locale;

/** What purchases come to. One that is begun may fail and be credited all the same, when the buyer tries another card. */
enum PurchaseOutcome {
    /** There is a payment, or a page to pay on. */
    BEGUN,
    /** The payer has begun, or has open, as many as may be, or had too many declined. */
    LIMITED,
    /** The provider finds something wrong with it, or the key belongs to another. */
    REFUSED,
    /** The provider did not answer. */
    UNANSWERED,
    /** The tokens are in the wallet. */
    CREDITED,
    /** It was declined. */
    FAILED,
    CANCELED,
    /** Nobody paid on its page in time. */
    EXPIRED;

    void count(PurchaseMeter meter) {
        meter.purchase(name().toLowerCase(Locale.ROOT));
    }
}
