package dev.purser.api.tokens;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import io.vertx.core.Future;

/** The one key there is. */
final class FixedKey implements KeyLookup.Source {

    static final int SHORTEST_SECRET = 32;

    private final KeyLookup key;

    private FixedKey(KeyLookup.Found key) {
        this.key = key;
    }

    static FixedKey of(TokenSettings.Secret secret) {
        byte[] bytes = secret.secret().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SHORTEST_SECRET) {
            throw new IllegalArgumentException("Expected a secret of at least %d bytes for HS256, but it has %d"
                    .formatted(SHORTEST_SECRET, bytes.length));
        }
        try {
            return new FixedKey(new KeyLookup.Found(JWSAlgorithm.HS256, new MACVerifier(bytes)));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("Expected a secret for HS256, but it cannot be used", e);
        }
    }

    static FixedKey of(TokenSettings.PublicKey key) {
        return new FixedKey(PublicKeys.of(key.key()));
    }

    @Override
    public KeyLookup now(@Nullable String keyId) {
        return key;
    }

    @Override
    public Future<KeyLookup> later(@Nullable String keyId) {
        return Future.succeededFuture(key);
    }
}
