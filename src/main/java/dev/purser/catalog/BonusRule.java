package dev.purser.catalog;

/** Who buys at least {@code from} tokens gets {@code percent} of them on top, rounded down. */
record BonusRule(long percent, long from) {

    private static final long WHOLE = 100;

    long bonusFor(long tokens) {
        return tokens < from ? 0 : Math.multiplyExact(tokens, percent) / WHOLE;
    }
}
