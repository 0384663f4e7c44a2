package dev.purser.journal;

import java.time.Instant;

/** What a payment provider has told of money that goes back to whoever paid. */
public sealed interface MoneyBack {

    String paymentId();

    /**
     * A refund, by itself.
     *
     * @param amount in the smallest unit of {@code currency}
     * @param failed whether the money did not go after all
     * @param toldAt when the provider said so
     */
    record Refund(String id, String paymentId, long amount, String currency, boolean failed, Instant toldAt)
            implements
                MoneyBack {
    }

    /** How much of a payment was refunded in all, by then. */
    record RefundedSoFar(String paymentId, long amount, String currency, Instant toldAt) implements MoneyBack {
    }

    record Dispute(String id, String paymentId, long amount, String currency, DisputeState state, Instant toldAt)
            implements
                MoneyBack {
    }

    /** How a dispute stands. Of what is told of one moment the later of these counts. */
    enum DisputeState {
        /** The payer disputes it; no money has moved. */
        OPEN,
        /** The money was taken, and may come back. */
        WITHDRAWN,
        /** The money is gone for good. */
        LOST,
        /** The money stays, or came back. */
        ENDED
    }
}
