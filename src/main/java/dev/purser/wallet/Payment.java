package dev.purser.wallet;

import org.jspecify.annotations.Nullable;

/**
 * A payment that has been made, and what it buys.
 *
 * @param id the provider's, such as {@code pi_123}
 * @param bonus what comes on top of {@code tokens}
 * @param price in the smallest unit of {@code currency}
 * @param payer who paid, if it was somebody else than the owner of the tokens
 */
public record Payment(String id, String packId, long tokens, long bonus, long price, String currency,
        @Nullable String payer) {

    public Payment {
        if (tokens < 1 || bonus < 0 || price < 1) {
            throw new IllegalArgumentException("Expected a payment of something for something, but got %d and %d for %d"
                    .formatted(tokens, bonus, price));
        }
    }
}
