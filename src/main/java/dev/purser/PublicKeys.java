package dev.purser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads public keys in PEM. */
final class PublicKeys {

    private static final Pattern PEM = Pattern
            .compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    private static final int LEAST_RSA_BITS = 2048;

    private PublicKeys() {
    }

    /** The key in a PEM text, or in the file at that path; empty if neither is there or it is too weak. */
    static Optional<PublicKey> read(String textOrPath) {
        try {
            String text = textOrPath.contains("-----BEGIN") ? textOrPath : Files.readString(Path.of(textOrPath));
            // A variable often has its line breaks written as \n.
            Matcher pem = PEM.matcher(text.replace("\\n", "\n"));
            return pem.find() ? decode(Base64.getMimeDecoder().decode(pem.group(1))) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> decode(byte[] encoded) {
        for (String algorithm : List.of("RSA", "EC")) {
            try {
                PublicKey key = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
                return Optional.of(key).filter(PublicKeys::isStrong);
            } catch (GeneralSecurityException e) {
                // Not of this algorithm; the next one may fit.
            }
        }
        return Optional.empty();
    }

    private static boolean isStrong(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
            case ECPublicKey _ -> true;
            default -> false;
        };
    }
}
