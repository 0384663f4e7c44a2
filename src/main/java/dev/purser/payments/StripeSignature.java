package dev.purser.payments;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Says whether Stripe has signed a body: {@code t=<seconds>,v1=<hex>[,v1=<hex>]}, each v1 the HMAC-SHA256 of the time, a dot
 * and the raw bytes, under one of the secrets.
 */
final class StripeSignature {

    private static final String HMAC = "HmacSHA256";
    private static final String TIME = "t=";
    private static final String SIGNATURE = "v1=";
    private static final int LONGEST_HEADER = 2_048;
    private static final int LONGEST_TIME = 12;

    private final List<byte[]> secrets;
    private final long toleranceSeconds;
    private final InstantSource clock;

    StripeSignature(StripeSettings settings, InstantSource clock) {
        this.secrets = settings.webhookSecrets().stream().map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
        this.toleranceSeconds = settings.tolerance().toSeconds();
        this.clock = clock;
    }

    /** Neither too old nor from too far ahead, and signed with one of the secrets. */
    boolean isValid(String header, byte[] body) {
        if (header.length() > LONGEST_HEADER) {
            return false;
        }
        String time = "";
        boolean signed = false;
        String[] parts = header.split(",", -1);
        for (String part : parts) {
            time = part.strip().startsWith(TIME) ? part.strip().substring(TIME.length()) : time;
        }
        if (!time.matches("\\d{1," + LONGEST_TIME + "}") || !isOfNow(Long.parseLong(time))) {
            return false;
        }
        for (byte[] secret : secrets) {
            byte[] expected = hmac(secret, time, body);
            for (String part : parts) {
                // All are compared, so that the time it takes says nothing.
                signed |= part.strip().startsWith(SIGNATURE)
                        && MessageDigest.isEqual(expected, ascii(part.strip().substring(SIGNATURE.length())));
            }
        }
        return signed;
    }

    private boolean isOfNow(long seconds) {
        return Math.abs(clock.instant().getEpochSecond() - seconds) <= toleranceSeconds;
    }

    /** In hex, as it is written in the header. */
    private static byte[] hmac(byte[] secret, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret, HMAC));
            mac.update(ascii(time + "."));
            return ascii(HexFormat.of().formatHex(mac.doFinal(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + HMAC, e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
