package dev.purser.api.tokens;

import java.text.ParseException;
import java.time.InstantSource;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Verifies tokens, each once: then it is remembered until it expires. Belongs to one event loop, but for its memory.
 *
 * <p>The algorithm is the one that the configured key is for. What a token's header says of algorithms and keys is
 * never believed; it can only fail to match.
 */
public final class TokenVerifier {

    private static final int LONGEST_TOKEN = 8 << 10;

    private final KeyLookup.Source keys;
    private final Claims claims;
    private final InstantSource clock;
    private final TokenMemory memory;

    private TokenVerifier(KeyLookup.Source keys, Claims claims, TokenMemory memory, InstantSource clock) {
        this.keys = keys;
        this.claims = claims;
        this.memory = memory;
        this.clock = clock;
    }

    /** By the machine's clock. */
    public static TokenVerifier of(Vertx vertx, TokenSettings settings, Predicate<String> isSubject,
            TokenMemory memory) {
        return of(vertx, settings, isSubject, memory, InstantSource.system());
    }

    /**
     * Throws when the keys cannot be used.
     *
     * @param isSubject whether a wallet can have that id
     * @param memory what all verifiers with these settings remember together
     */
    public static TokenVerifier of(Vertx vertx, TokenSettings settings, Predicate<String> isSubject,
            TokenMemory memory, InstantSource clock) {
        KeyLookup.Source keys = switch (settings.keys()) {
            case TokenSettings.Secret secret -> FixedKey.of(secret);
            case TokenSettings.PublicKey key -> FixedKey.of(key);
            case TokenSettings.Jwks jwks ->
                new RemoteKeys(new JwksFetch(vertx, jwks), jwks.refetchAtMostEvery(), clock);
        };
        return new TokenVerifier(keys, new Claims(settings, isSubject), memory, clock);
    }

    /** Who the token speaks for, if it was verified before and has not expired since. */
    public @Nullable Identity remembered(String token) {
        return memory.find(token, clock.instant());
    }

    public Future<Verification> verify(String token) {
        Identity known = remembered(token);
        if (known != null) {
            return Future.succeededFuture(new Verification.Valid(known));
        }
        SignedJWT jwt = parse(token);
        if (jwt == null) {
            return Future.succeededFuture(new Verification.Invalid("it is not a signed token"));
        }
        String keyId = jwt.getHeader().getKeyID();
        KeyLookup key = keys.now(keyId);
        return key == null
                ? keys.later(keyId).map(found -> verify(token, jwt, found))
                : Future.succeededFuture(verify(token, jwt, key));
    }

    private static @Nullable SignedJWT parse(String token) {
        // The parser takes no notice of blanks around it, but the memory would: endless tokens, again.
        if (token.length() > LONGEST_TOKEN || !token.equals(token.trim())) {
            return null;
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            return jwt.getHeader().getCriticalParams() == null && isPlain(jwt.getSignature()) ? jwt : null;
        } catch (ParseException | RuntimeException malformed) {
            return null;
        }
    }

    /** Whether it is written in the one way there is: else anybody could make endless tokens of one that is theirs. */
    private static boolean isPlain(Base64URL signature) {
        return Base64URL.encode(signature.decode()).equals(signature);
    }

    private Verification verify(String token, SignedJWT jwt, KeyLookup lookup) {
        return switch (lookup) {
            case KeyLookup.Unavailable() -> new Verification.KeysUnavailable();
            case KeyLookup.NoSuchKey() -> new Verification.Invalid("its key is not known");
            case KeyLookup.Found key -> isSigned(jwt, key)
                    ? accept(token, jwt)
                    : new Verification.Invalid("its signature is not valid");
        };
    }

    private static boolean isSigned(SignedJWT jwt, KeyLookup.Found key) {
        try {
            return key.algorithm().equals(jwt.getHeader().getAlgorithm()) && jwt.verify(key.verifier());
        } catch (JOSEException unusable) {
            return false;
        }
    }

    private Verification accept(String token, SignedJWT jwt) {
        Verification verification = claims.check(jwt, clock.instant());
        if (verification instanceof Verification.Valid(var identity)) {
            memory.put(token, identity);
        }
        return verification;
    }
}
