package dev.purser.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

import dev.purser.api.contract.Fields;

/** A request in short: 120 bits of SHA-256, in Base64. */
final class Fingerprint {

    private static final int BYTES = 15;
    /** What an operation of a batch has among its fields, and a request of its own elsewhere. */
    private static final Set<String> ADDRESS = Set.of("type", "wallet_id", "hold_id", "idempotency_key");
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

    /**
     * Of what is to be done to a wallet, by a request of its own or as a part of a batch, to one's own wallet or to
     * another's: it is the same. The order and spacing of its JSON do not matter.
     */
    static String of(Write write, String walletId, String holdId, Fields fields) {
        return of(write.name(), walletId, holdId, fields);
    }

    /** Of {@code what} is to be done to a wallet, and to a part of it, if it has an id. */
    static String of(String what, String walletId, String partId, Fields fields) {
        StringBuilder text = new StringBuilder(what).append(' ').append(walletId).append(' ').append(partId);
        fields.writeCanonical(text, ADDRESS);
        return of(text.toString());
    }
}
