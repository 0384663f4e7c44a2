package dev.purser.support;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;

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
