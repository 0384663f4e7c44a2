package dev.purser.wallet;

/**
 * What has been taken back of a payment's tokens, because money went back to whoever paid.
 *
 * @param step how often it has changed: each change is known by its number
 * @param refunded how many tokens for what was refunded, and {@code disputed} for what was charged back; those among them
 *            that became debt are counted
 * @param frozen how many more were to be set aside while a dispute is open
 * @param lots those that were there to be taken
 */
public record TakenBack(int step, long refunded, long disputed, long frozen, Lots lots) {

    public static final TakenBack NONE = new TakenBack(0, 0, 0, 0, Lots.NONE);

    public TakenBack {
        if (step < 0 || refunded < 0 || disputed < 0 || frozen < 0) {
            throw new IllegalArgumentException("Expected nothing negative, but got step %d, %d, %d and %d"
                    .formatted(step, refunded, disputed, frozen));
        }
    }

    public long tokens() {
        return Math.addExact(refunded, disputed);
    }
}
