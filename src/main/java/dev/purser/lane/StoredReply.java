package dev.purser.lane;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Receipt;

/** The reply kept with a key, and the fingerprint of the request that it answers. */
public record StoredReply(String fingerprint, Receipt receipt) {

    /** What a repetition under the same key is answered: this reply, if it is the same request. */
    Outcome repeatedBy(OpKey key, @Nullable Quota quota) {
        return key.fingerprint().equals(fingerprint)
                ? new Outcome.Done(receipt, true, quota)
                : new Outcome.KeyReused();
    }
}
