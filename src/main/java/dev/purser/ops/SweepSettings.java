package dev.purser.ops;

import java.time.Duration;

/**
 * How often time's work is done, and how much of it at once.
 *
 * @param expiryEvery how often due wallets are looked for; {@code expiryWallets} of them are read at a time, and
 *            {@code expiryInFlight} told at once
 * @param postEvery how often transfers are looked for that were left in the post for longer than {@code postAfter};
 *            {@code postInFlight} of them are brought at once
 * @param keysEvery how often clients' keys older than {@code clientKeysKept} are forgotten, {@code keysChunk} at a time
 */
public record SweepSettings(Duration expiryEvery, int expiryWallets, int expiryInFlight, Duration postEvery,
        Duration postAfter, int postInFlight, Duration keysEvery,
        int keysChunk, Duration clientKeysKept) {
}
