package dev.purser.wallet;

import org.jspecify.annotations.Nullable;

/**
 * Tokens that go from one wallet to another. Once the sender's part is durable they are the recipient's, in the post until
 * the recipient's wallet has taken them in.
 *
 * @param id never used for another
 * @param channel where it was for, or which call; decides nothing
 */
public record Transfer(String id, TransferKind kind, String from, String to, long amount, @Nullable String channel,
        @Nullable String message) {

    public Transfer {
        if (amount < 1) {
            throw new IllegalArgumentException("Expected an amount of at least 1, but got " + amount);
        }
    }

    /** What both sides note, each with the other's id. */
    Memo memoFor(String other) {
        return new Memo(message, null, null, other, channel, id);
    }
}
