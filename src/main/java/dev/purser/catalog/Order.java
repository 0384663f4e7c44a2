package dev.purser.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to buy.
 *
 * @param payer who pays, and {@code walletId} who is to get the tokens
 * @param key makes a repetition the same order; null when it may be another one
 */
public record Order(Pack pack, String payer, String walletId, Way way, @Nullable Key key) {

    /** An order of the payer's own, with a payment method. */
    public Order(Pack pack, String payer, String walletId, String paymentMethod, @Nullable String key) {
        this(pack, payer, walletId, new Way.Method(paymentMethod), key == null ? null : new Key(payer, key));
    }

    /** How it is to be paid. */
    public sealed interface Way {

        /** At once, with what is called so at the provider. */
        record Method(String paymentMethod) implements Way {
        }

        /** On a page of the provider's, from which the buyer is sent back to one of two addresses. */
        record Page(String successUrl, String cancelUrl) implements Way {
        }
    }

    /** A key, and who uses it: two callers may have the same one. */
    public record Key(String caller, String text) {
    }
}
