package dev.purser.support;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.vertx.core.json.JsonObject;

/**
 * Something that a client wants to happen once, however often it asks for it.
 *
 * @param amount what the ledger's entry for it must say, and {@code held} likewise; spending has a minus
 * @param tag what the client calls it, written into the entry for people to read and for the checker to find
 * @param key its {@code Idempotency-Key}, if it has one
 * @param holdId the hold that it settles, if it does
 * @param recipient whom it gives tokens to, if it does
 */
public record Intent(Kind kind, String wallet, long amount, long held, String tag, @Nullable String key,
        @Nullable String holdId, @Nullable String recipient) {

    /** What clients do, and the kind of entry that it makes. */
    public enum Kind {
        SPEND("spend"),
        CREDIT("promo"),
        HOLD("hold"),
        SETTLE("spend"),
        GIFT("gift");

        private final String entry;

        Kind(String entry) {
            this.entry = entry;
        }

        /** The kind of the one entry that is written. */
        public String entry() {
            return entry;
        }
    }

    public static Intent spend(String wallet, long amount, String tag) {
        return new Intent(Kind.SPEND, wallet, -amount, 0, tag, null, null, null);
    }

    public static Intent credit(String wallet, long amount, String tag) {
        return new Intent(Kind.CREDIT, wallet, amount, 0, tag, null, null, null);
    }

    public static Intent hold(String wallet, long amount, String tag) {
        return new Intent(Kind.HOLD, wallet, 0, amount, tag, null, null, null);
    }

    /** Spends {@code amount} of a hold of {@code heldAmount}, and gives the rest back. */
    public static Intent settle(String wallet, String holdId, long heldAmount, long amount, String tag) {
        return new Intent(Kind.SETTLE, wallet, -amount, -heldAmount, tag, null, holdId, null);
    }

    /** Another entry is written for it, in the recipient's wallet. */
    public static Intent gift(String wallet, String recipient, long amount, String tag) {
        return new Intent(Kind.GIFT, wallet, -amount, 0, tag, null, null, recipient);
    }

    public Intent keyed(String newKey) {
        return new Intent(kind, wallet, amount, held, tag, newKey, holdId, recipient);
    }

    /** Where a backend asks for it. */
    public String path() {
        return "/wallets/" + wallet + switch (kind) {
            case SPEND -> "/spend";
            case CREDIT -> "/credits";
            case HOLD -> "/holds";
            case SETTLE -> "/holds/" + holdId + "/settle";
            case GIFT -> "/gift";
        };
    }

    /** The same as part of a batch. */
    JsonObject operation() {
        JsonObject operation = body().put("type", kind.name().toLowerCase(Locale.ROOT)).put("wallet_id", wallet);
        if (holdId != null) {
            operation.put("hold_id", holdId);
        }
        return key == null ? operation : operation.put("idempotency_key", key);
    }

    public JsonObject body() {
        return switch (kind) {
            case SPEND, SETTLE -> new JsonObject().put("amount", -amount).put("description", tag);
            case CREDIT -> new JsonObject().put("amount", amount).put("source", "promo").put("reason", tag);
            case HOLD -> new JsonObject().put("amount", held).put("purpose", tag);
            case GIFT -> new JsonObject().put("recipient_id", recipient).put("amount", -amount).put("message", tag);
        };
    }
}
