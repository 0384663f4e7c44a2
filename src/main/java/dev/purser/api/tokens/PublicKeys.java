package dev.purser.api.tokens;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;

/** Decides by a public key's type what it verifies: RSA does RS256, the curve P-256 does ES256, nothing else is used. */
final class PublicKeys {

    private static final int SHORTEST_RSA_BITS = 2048;

    private PublicKeys() {
    }

    static KeyLookup.Found of(PublicKey key) {
        try {
            if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= SHORTEST_RSA_BITS) {
                return new KeyLookup.Found(JWSAlgorithm.RS256, new RSASSAVerifier(rsa));
            }
            if (key instanceof ECPublicKey ec && Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams()))) {
                return new KeyLookup.Found(JWSAlgorithm.ES256, new ECDSAVerifier(ec));
            }
        } catch (JOSEException e) {
            throw new IllegalArgumentException("Expected a key for RS256 or ES256, but it cannot be used", e);
        }
        throw new IllegalArgumentException(
                "Expected an RSA key of at least %d bits or a key on the curve P-256, but found %s"
                        .formatted(SHORTEST_RSA_BITS, key.getAlgorithm()));
    }
}
