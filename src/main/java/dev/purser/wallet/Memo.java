package dev.purser.wallet;

import org.jspecify.annotations.Nullable;

/**
 * What a caller noted on an operation, for people to read later. It decides nothing.
 *
 * @param metadata a JSON object as text; opaque here
 */
public record Memo(@Nullable String description, @Nullable String metadata, @Nullable String paymentIntentId,
        @Nullable String relatedWallet, @Nullable String channel, @Nullable String transferId) {

    public static final Memo NONE = new Memo(null, null, null, null, null, null);

    public static Memo of(@Nullable String description) {
        return description == null ? NONE : new Memo(description, null, null, null, null, null);
    }

    public static Memo of(@Nullable String description, @Nullable String metadata) {
        return description == null && metadata == null ? NONE : new Memo(description, metadata, null, null, null, null);
    }
}
