package dev.purser.lane;

import dev.purser.wallet.Forgiveness;
import dev.purser.wallet.GivenOn;
import dev.purser.wallet.Payment;
import dev.purser.wallet.Recovery;
import dev.purser.wallet.Reversal;
import dev.purser.wallet.Transfer;

/**
 * What an operation is recognised by when it comes again, within its wallet.
 *
 * @param text the key; the part before the first colon keeps the keys of clients and of facts apart
 * @param fingerprint the request in short, so that another request under the same key is noticed
 * @param lasting whether it is a fact that must be known for ever, or a client's key that may be forgotten in time
 */
public record OpKey(String text, String fingerprint, boolean lasting) {

    /** The fingerprint of what needs none: the key says it all. */
    private static final String FACT = "fact";
    private static final String TRANSFER = "transfer:";

    /**
     * A client's {@code Idempotency-Key}. Two principals may use the same one without getting in each other's way; the
     * slash ends the subject, which has none.
     */
    public static OpKey ofClient(String subject, String key, String fingerprint) {
        return new OpKey("client:" + subject + "/" + key, fingerprint, false);
    }

    /** The fact that a transfer was taken in by the wallet that it was for. The post knows it. */
    public static OpKey ofTransfer(Transfer transfer) {
        return new OpKey(TRANSFER + transfer.id(), FACT, true);
    }

    /** The fact that a transfer came back to the wallet that had sent it. */
    public static OpKey ofReturn(Transfer transfer) {
        return new OpKey("return:" + transfer.id(), FACT, true);
    }

    /** The fact that what was paid for by Stripe was brought in. */
    public static OpKey ofStripe(Payment payment) {
        return new OpKey("stripe:" + payment.id(), FACT, true);
    }

    /** The fact that a step in taking back what a payment has bought was done; there is one with each number. */
    public static OpKey ofReversal(Reversal reversal) {
        return new OpKey("reversal:" + reversal.paymentId() + ":" + reversal.step(), "%d/%d/%d"
                .formatted(reversal.refunded(), reversal.disputed(), reversal.frozen()), true);
    }

    /** The fact that a wallet was let off what it had given on: a step among those of {@link #ofReversal}. */
    public static OpKey ofForgiveness(Forgiveness forgiveness) {
        return new OpKey("reversal:" + forgiveness.paymentId() + ":" + forgiveness.step(),
                "forgive %d by %d".formatted(forgiveness.tokens(), forgiveness.number()), true);
    }

    /**
     * The fact that a step was done about what somebody has given on, where it went; a giver's have a number each. One that
     * came too late to be done leaves its number to others, but not its key.
     */
    public static OpKey ofRecovery(Recovery recovery) {
        GivenOn gift = recovery.before().gift();
        return new OpKey("given:" + gift.from() + ":" + recovery.number() + ":" + recovery.step(), "%s/%s/%d/%d"
                .formatted(gift.paymentId(), gift.transferId(), recovery.aside(), recovery.taken()), true);
    }

    /** Whether it is one of {@link #ofTransfer}. */
    public boolean isTransfer() {
        return lasting && text.startsWith(TRANSFER);
    }
}
