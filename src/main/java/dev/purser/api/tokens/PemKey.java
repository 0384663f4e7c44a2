package dev.purser.api.tokens;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/** Reads a PEM public key ({@code -----BEGIN PUBLIC KEY-----}). */
final class PemKey {

    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    private PemKey() {
    }

    static PublicKey parse(String pem) {
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("Expected a key between \"%s\" and \"%s\", but found %s".formatted(BEGIN,
                    END, pem.contains("PRIVATE KEY") ? "a private key" : "none"));
        }
        X509EncodedKeySpec spec;
        try {
            spec = new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end)));
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("Expected a public key in Base64, but it is not", notBase64);
        }
        PublicKey rsa = parse("RSA", spec);
        PublicKey key = rsa == null ? parse("EC", spec) : rsa;
        if (key == null) {
            throw new IllegalArgumentException("Expected an RSA or EC public key, but it is neither");
        }
        return key;
    }

    private static @Nullable PublicKey parse(String algorithm, X509EncodedKeySpec spec) {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(spec);
        } catch (GeneralSecurityException another) {
            return null;
        }
    }
}
