package dev.purser.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

import dev.purser.api.contract.Fields;

/** A request in short: 120 bits of SHA-256, in Base64. */
final class Fingerprint {

    private static final int BYTES = 15;
    private static final String NOTHING = "";
    /** Never used itself: a copy is cheaper than asking Java for another. */
    private static final MessageDigest SHA_256 = sha256();

    private Fingerprint() {
    }

    static String of(String text) {
        try {
            MessageDigest digest = (MessageDigest) SHA_256.clone();
            byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, BYTES));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("Expected Java's SHA-256 to be copied, but it cannot be", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected Java to have SHA-256, but it has not", e);
        }
    }

    /** Of what was asked; the order and spacing of its JSON do not matter. */
    static String of(Call call) {
        StringBuilder text = new StringBuilder(call.endpoint().id());
        call.parameters().writeCanonical(text, NOTHING);
        call.body().writeCanonical(text, NOTHING);
        return of(text.toString());
    }

    /** Of one operation of a batch; the key itself is no part of what was asked. */
    static String ofBatched(Fields operation) {
        StringBuilder text = new StringBuilder("batch");
        operation.writeCanonical(text, "idempotency_key");
        return of(text.toString());
    }
}
