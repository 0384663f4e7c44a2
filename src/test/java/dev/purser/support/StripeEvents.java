package dev.purser.support;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.purser.catalog.Pack;

/** Events as Stripe writes and signs them, as far as anybody here reads them. */
public final class StripeEvents {

    public static final String SECRET = "whsec_of_the_tests_and_nothing_else";

    private StripeEvents() {
    }

    /** A pack was paid for at its price. */
    public static String paid(String eventId, String intentId, String wallet, Pack pack) {
        return """
                {"id":"%s","object":"event","api_version":"2031-01-01.yew","type":"payment_intent.succeeded","livemode":false,\
                "data":{"object":{"id":"%s","object":"payment_intent","amount":%d,"amount_received":%d,"currency":"%s",\
                "status":"succeeded","metadata":{"wallet_id":"%s","pack_id":"%s"}}}}"""
                .formatted(eventId, intentId, pack.price(), pack.price(), pack.currency(), wallet, pack.id());
    }

    /** A refund stands so, by {@code at} in seconds. */
    public static String refund(String type, String refundId, String intentId, long amount, String status, long at) {
        return event(type, at,
                """
                        {"id":"%s","object":"refund","payment_intent":"%s","charge":"ch_1","amount":%d,"currency":"usd","status":"%s"}"""
                        .formatted(refundId, intentId, amount, status));
    }

    /** So much of a payment is refunded in all. */
    public static String refundedSoFar(String intentId, long amount, long at) {
        return event("charge.refunded", at, """
                {"id":"ch_%s","object":"charge","payment_intent":"%s","amount_refunded":%d,"currency":"usd"}"""
                .formatted(intentId, intentId, amount));
    }

    /** A dispute that was opened at {@code since} stands so. */
    public static String dispute(String type, String disputeId, String intentId, long amount, String status, long since,
            long at) {
        return event("charge.dispute." + type, at, """
                {"id":"%s","object":"dispute","payment_intent":{"id":"%s","object":"payment_intent"},"charge":"ch_1",\
                "amount":%d,"currency":"usd","status":"%s","created":%d}"""
                .formatted(disputeId, intentId, amount, status, since));
    }

    /** With an id that follows from what it says, so that the same is the same. */
    private static String event(String type, long at, String object) {
        String about = type + at + object;
        return """
                {"id":"evt_%s","object":"event","api_version":"2031-01-01.yew","type":"%s","livemode":false,"created":%d,\
                "data":{"object":%s}}"""
                .formatted(UUID.nameUUIDFromBytes(about.getBytes(StandardCharsets.UTF_8)), type, at,
                        object);
    }

    /** The header under which Stripe would send it now. */
    public static String signed(String body) {
        return signed(body, Instant.now().getEpochSecond(), SECRET);
    }

    public static String signed(String body, long seconds, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), mac.getAlgorithm()));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(
                    mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
