package dev.purser.payments;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.WebhookEvents;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * What Stripe tells. Only the few fields that matter are read, by name from the JSON, so that an event of any version of
 * Stripe's API is understood.
 *
 * @param connected whether it happened on an account that is connected to this one, not on this one
 * @param at when it happened
 * @param payload as it came
 * @param object what it is about
 */
record StripeEvent(String id, String type, boolean live, boolean connected, Instant at, String payload,
        JsonObject object) {

    private static final int LONGEST_NAME = 255;
    /** Of the year 9999; PostgreSQL knows no time for all that Java does. */
    private static final long LAST_SECOND = 253_402_300_799L;

    /** The event in a body; empty if there is none. */
    static Optional<StripeEvent> read(byte[] body) {
        try {
            String payload = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            JsonObject json = new JsonObject(payload);
            String id = text(json, "id");
            String type = text(json, "type");
            JsonObject object = part(part(json, "data"), "object");
            // PostgreSQL keeps no text with a zero in it.
            return id == null || type == null || payload.indexOf('\0') >= 0
                    ? Optional.empty()
                    : Optional.of(new StripeEvent(id, type, Boolean.TRUE.equals(json.getValue("livemode")),
                            json.getValue("account") != null, time(json), payload, object));
        } catch (CharacterCodingException | DecodeException malformed) {
            return Optional.empty();
        }
    }

    /** A field of what it is about, if it is a text. */
    @Nullable
    String text(String name) {
        return text(object, name);
    }

    /** A field of what it is about, if it is a whole number; -1 otherwise. */
    long number(String name) {
        return number(object, name);
    }

    /** The id of something else, whether that is named or shown whole. */
    @Nullable
    String reference(String name) {
        return object.getValue(name) instanceof JsonObject whole ? text(whole, "id") : text(name);
    }

    /** Whether it says that there is no such thing; not the same as saying nothing of it. */
    boolean isWithout(String name) {
        return object.containsKey(name) && object.getValue(name) == null;
    }

    /** As it is kept. */
    WebhookEvents.Told told() {
        return new WebhookEvents.Told(id, type, payload,
                "payment_intent".equals(text("object")) ? text("id") : reference("payment_intent"),
                metadata(StripeRules.WALLET));
    }

    /** Since when there is what it is about; when the event happened, if that is not said. */
    Instant since() {
        Instant since = time(object);
        return since.equals(Instant.EPOCH) ? at : since;
    }

    /** Whether it says what the seller wrote on it, be it nothing. */
    boolean saysMetadata() {
        return object.getValue("metadata") instanceof JsonObject || isWithout("metadata");
    }

    /** What the seller wrote on it. */
    @Nullable
    String metadata(String name) {
        return text(part(object, "metadata"), name);
    }

    private static Instant time(JsonObject json) {
        return Instant.ofEpochSecond(Math.clamp(number(json, "created"), 0, LAST_SECOND));
    }

    private static long number(JsonObject json, String name) {
        return json.getValue(name) instanceof Number number
                && (number instanceof Integer || number instanceof Long) ? number.longValue() : -1;
    }

    private static @Nullable String text(JsonObject json, String name) {
        return json.getValue(name) instanceof String text && !text.isEmpty() && text.length() <= LONGEST_NAME
                && text.chars().noneMatch(Character::isISOControl) ? text : null;
    }

    private static JsonObject part(JsonObject json, String name) {
        return json.getValue(name) instanceof JsonObject part ? part : new JsonObject();
    }
}
