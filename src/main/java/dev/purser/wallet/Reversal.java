package dev.purser.wallet;

/**
 * One step in taking back, or giving back, what a payment has bought.
 *
 * @param before what is taken back so far
 * @param refunded how many tokens are to be taken back after it for what was refunded, {@code disputed} for what was charged
 *            back
 * @param frozen how many more are to be set aside after it, should a dispute that is open be lost
 * @param step its number, above that of the one before
 */
public record Reversal(String paymentId, TakenBack before, long refunded, long disputed, long frozen, int step) {

    public Reversal {
        if (refunded < 0 || disputed < 0 || frozen < 0) {
            throw new IllegalArgumentException("Expected nothing negative, but got %d, %d and %d".formatted(refunded,
                    disputed, frozen));
        }
    }

    /** How many are taken back after it. */
    long tokens() {
        return Math.addExact(refunded, disputed);
    }

    /** How many more are taken back than before; fewer, if it is negative. */
    long more() {
        return Math.subtractExact(tokens(), before.tokens());
    }

    /** How many of those are for refunds. */
    long moreForRefunds() {
        return Math.clamp(refunded - before.refunded(), 0, Math.max(0, more()));
    }
}
