package dev.purser.fuzz;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens out of any text, well-formed or not. */
final class Tokens {

    static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    static final long EXPIRES = 4_000_000_000L;

    private final String secret;

    Tokens(String secret) {
        this.secret = secret;
    }

    /** A good one. */
    String of(String subject, String scopes) {
        return sign(HEADER, claims(subject, scopes));
    }

    static String claims(String subject, String scopes) {
        return "{\"sub\":\"%s\",\"exp\":%d,\"scope\":\"%s\"}".formatted(subject, EXPIRES, scopes);
    }

    String sign(String header, String claims) {
        return sign(header, claims, "HmacSHA256", secret);
    }

    static String sign(String header, String claims, String algorithm, String secret) {
        String signed = Bytes.base64(header) + "." + Bytes.base64(claims);
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return signed + "." + Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Expected Java to have " + algorithm, e);
        }
    }
}
