package dev.purser.api;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.Purchases.Line;
import dev.purser.journal.Purchases.Purchase;

/** Purchases as buyers see them. */
final class PurchaseJson {

    private PurchaseJson() {
    }

    static JsonBody line(Line line) {
        return out -> {
            write(out, line.purchase(), line.paymentId(), line.creditedAt() != null);
            out.put("created_at", line.createdAt());
            if (line.creditedAt() != null) {
                out.put("credited_at", line.creditedAt());
            }
            if (line.takenBack() > 0) {
                out.put("taken_back", line.takenBack());
            }
        };
    }

    /** One that has only just begun. */
    static JsonBody begun(Purchase purchase, @Nullable String failure) {
        return out -> {
            write(out, purchase, null, false);
            out.putIfAny("failure", failure);
        };
    }

    private static void write(JsonOut out, Purchase purchase, @Nullable String paymentId, boolean credited)
            throws IOException {
        out.put("id", purchase.id());
        out.putIfAny("payment_id", paymentId);
        out.put("wallet_id", purchase.walletId());
        out.put("payer_id", purchase.payer());
        out.put("pack_id", purchase.packId());
        out.put("tokens", purchase.tokens());
        out.put("bonus_tokens", purchase.bonus());
        out.put("price", purchase.price());
        out.put("currency", purchase.currency());
        out.put("status", credited ? "credited" : status(purchase.status()));
    }

    /** The provider has more words for it than a buyer needs; and that the tokens are there it does not know. */
    static String status(String provider) {
        return switch (provider) {
            case "succeeded", "processing", "canceled", "open", "expired", "failed" -> provider;
            case "requires_payment_method" -> "failed";
            default -> "requires_action";
        };
    }
}
