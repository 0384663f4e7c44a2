package dev.purser.payments;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.vertx.core.json.JsonObject;

/** A payment or a checkout that was looked up, as the event that would have told of how it stands. */
final class LookedUp {

    private LookedUp() {
    }

    /** Empty if there is nothing to tell yet. */
    static Optional<String> event(JsonObject object, Instant now) {
        String id = object.getString("id", "");
        String status = object.getString("status", "");
        String type = id.startsWith("cs_") ? ofCheckout(status) : ofPayment(status);
        return type == null
                ? Optional.empty()
                : Optional.of(new JsonObject()
                        .put("id", String.join("_", "look", id, status, object.getString("payment_status", "")))
                        .put("object", "event")
                        .put("type", type).put("created", now.getEpochSecond())
                        .put("livemode", object.getBoolean("livemode", false))
                        .put("data", new JsonObject().put("object", object)).encode());
    }

    private static @Nullable String ofCheckout(String status) {
        return switch (status) {
            case "complete" -> "checkout.session.completed";
            case "expired" -> "checkout.session.expired";
            default -> null;
        };
    }

    private static @Nullable String ofPayment(String status) {
        return switch (status) {
            case "succeeded", "processing", "requires_action", "canceled" -> "payment_intent." + status;
            case "requires_payment_method" -> "payment_intent.payment_failed";
            default -> null;
        };
    }
}
