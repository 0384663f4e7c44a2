package dev.purser.lane;

import dev.purser.wallet.Receipt;

/** The reply kept with a key, and the fingerprint of the request that it answers. */
public record StoredReply(String fingerprint, Receipt receipt) {
}
