package dev.purser.lane;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Fact;
import dev.purser.wallet.Receipt;
import dev.purser.wallet.Wallet;

/**
 * What one commit writes: each wallet once, however many operations it had.
 *
 * @param writes sorted by wallet
 * @param until when by the database's clock it is too late to write any of it
 */
public record Batch(List<Write> writes, Instant until) {

    /**
     * A wallet's part.
     *
     * @param version the last entry that the wallet must still have for this to apply
     * @param epoch the epoch that it must still have; 0 when it has no row yet
     */
    public record Write(long version, long epoch, Wallet after, List<Posting> postings) {

        public String walletId() {
            return after.id();
        }
    }

    /** An operation's part: the receipt's entries, the facts, and the reply kept under the key, if it has one. */
    public record Posting(String operationId, @Nullable OpKey key, Receipt receipt, List<Fact> facts) {
    }
}
