package dev.purser.lane;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;

/**
 * A command on its way to a wallet.
 *
 * @param id what its entries are marked with; never used twice
 * @param key what makes a repetition recognisable, if the caller gave any
 */
public record Operation(String id, String walletId, @Nullable OpKey key, Authority by, Command command) {
}
