package dev.purser.payments;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import dev.purser.catalog.Pack;
import dev.purser.support.Defaults;

/** Events as Stripe writes them, as far as anybody here reads them. */
final class StripeEvents {

    static final String SECRET = "whsec_of_the_tests_and_nothing_else";

    private StripeEvents() {
    }

    /** A pack was paid for at its price. */
    static String paid(String eventId, String intentId, String wallet, String packId) {
        Pack pack = Defaults.CATALOG.pack(packId).orElseThrow();
        return """
                {"id":"%s","object":"event","api_version":"2031-01-01.yew","type":"payment_intent.succeeded","livemode":false,\
                "data":{"object":{"id":"%s","object":"payment_intent","amount":%d,"amount_received":%d,"currency":"%s",\
                "status":"succeeded","metadata":{"wallet_id":"%s","pack_id":"%s"}}}}"""
                .formatted(eventId, intentId, pack.price(), pack.price(), pack.currency(), wallet, packId);
    }

    /** The header under which Stripe would send it now. */
    static String signed(String body) {
        return signed(body, Instant.now().getEpochSecond(), SECRET);
    }

    static String signed(String body, long seconds, String secret) {
        return "t=" + seconds + ",v1=" + new String(StripeSignature.hmac(secret.getBytes(StandardCharsets.UTF_8),
                String.valueOf(seconds), body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.US_ASCII);
    }
}
