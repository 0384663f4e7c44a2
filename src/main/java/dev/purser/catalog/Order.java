package dev.purser.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to buy.
 *
 * @param payer who pays, and {@code walletId} who is to get the tokens
 * @param paymentMethod what is paid with, as the provider calls it
 * @param key makes a repetition the same order; null when it may be another one
 */
public record Order(Pack pack, String payer, String walletId, String paymentMethod, @Nullable String key) {
}
