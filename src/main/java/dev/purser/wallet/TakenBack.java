package dev.purser.wallet;

/**
 * What has been taken back of a payment's tokens, because money went back to whoever paid.
 *
 * @param step the number of the last change: each has one, and looks at the payment's money have them, too, so that what
 *            was decided before the last look is known by its number
 * @param refunded how many tokens for what was refunded, and {@code disputed} for what was charged back; those among them
 *            that became debt are counted
 * @param frozen how many more were to be set aside while a dispute is open
 * @param lots those that were there to be taken
 * @param forgiven how many of the tokens the wallet need not bear, since they are taken where it had given them on
 */
public record TakenBack(int step, long refunded, long disputed, long frozen, Lots lots, long forgiven) {

    public static final TakenBack NONE = new TakenBack(0, 0, 0, 0, Lots.NONE);

    public TakenBack {
        if (step < 0 || refunded < 0 || disputed < 0 || frozen < 0 || forgiven < 0) {
            throw new IllegalArgumentException("Expected nothing negative, but got step %d, %d, %d, %d and %d"
                    .formatted(step, refunded, disputed, frozen, forgiven));
        }
    }

    /** With nothing forgiven. */
    public TakenBack(int step, long refunded, long disputed, long frozen, Lots lots) {
        this(step, refunded, disputed, frozen, lots, 0);
    }

    public long tokens() {
        return Math.addExact(refunded, disputed);
    }

    /** How many became debt, whether or not that was repaid since. */
    public long owed() {
        return Math.max(0, Math.subtractExact(tokens() - forgiven, lots.total()));
    }
}
