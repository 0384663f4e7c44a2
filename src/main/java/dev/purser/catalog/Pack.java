package dev.purser.catalog;

/**
 * Tokens that are sold together.
 *
 * @param bonus what comes on top
 * @param price in the smallest unit of {@code currency}
 * @param retired whether it is not sold any more, so that only payments which were begun before are for it
 */
public record Pack(String id, long tokens, long bonus, long price, String currency, boolean retired) {

    public Pack {
        if (tokens < 1 || bonus < 0 || price < 1) {
            throw new IllegalArgumentException(
                    "Expected a pack of tokens for a price, but %s has %d, %d on top, for %d".formatted(id, tokens,
                            bonus,
                            price));
        }
    }

    /** All that a buyer gets. */
    public long total() {
        return Math.addExact(tokens, bonus);
    }
}
