package dev.purser.bench.load;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs the callers' tokens, as a login server would: many, and quickly. */
final class Tokens {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String HEAD = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    private static final long LIFETIME_SECONDS = 24 * 3_600;

    private final Mac mac;
    private final long expires = Instant.now().getEpochSecond() + LIFETIME_SECONDS;

    Tokens(String secret) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    synchronized String of(String subject, String scope) {
        String signed = HEAD + "."
                + encode("{\"sub\":\"" + subject + "\",\"iss\":\"https://login.example.com\",\"iat\":"
                        + (expires - LIFETIME_SECONDS) + ",\"exp\":" + expires
                        + (scope.isEmpty() ? "" : ",\"scope\":\"" + scope + "\"") + "}");
        return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encode(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
