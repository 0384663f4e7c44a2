package dev.purser.wallet;

/** What earned tokens are worth: so many cents for so many tokens. */
public record EarningRate(long cents, long tokens) {

    public EarningRate {
        if (cents < 0 || tokens < 1) {
            throw new IllegalArgumentException(
                    "Expected cents for at least one token, but got " + cents + " for " + tokens);
        }
    }

    /** What so many tokens are worth, in whole cents. */
    public long valueOf(long earned) {
        long whole = Math.multiplyExact(earned / tokens, cents);
        return Math.addExact(whole, Math.multiplyExact(earned % tokens, cents) / tokens);
    }

    /** What the next tokens are worth to one who has earned {@code before}: so the sum of all is worth what all are. */
    public long valueOf(long before, long next) {
        return valueOf(Math.addExact(before, next)) - valueOf(before);
    }
}
