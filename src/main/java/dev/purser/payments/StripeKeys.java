package dev.purser.payments;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Idempotency keys as Stripe takes them: of at most 255 characters, and the same for the same key of the same caller. */
final class StripeKeys {

    private StripeKeys() {
    }

    static String of(String caller, String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((caller + "/" + key).getBytes(StandardCharsets.UTF_8));
            return "purser-" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
