package dev.purser.api.tokens;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.vertx.core.Future;

/** The keys of a JWKS URL, as last fetched. Keys that could be had once stay in use while the URL does not answer. */
final class RemoteKeys implements KeyLookup.Source {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteKeys.class);
    private static final Duration FRESH = Duration.ofMinutes(10);
    /** From then on nobody is believed before it was asked whether the key is still there. */
    private static final Duration OLD = Duration.ofHours(1);

    private final JwksFetch fetch;
    private final Duration refetchAtMostEvery;
    private final InstantSource clock;

    private List<NamedKey> keys = List.of();
    private Instant fetchedAt = Instant.MIN;
    private Instant triedAt = Instant.MIN;
    private @Nullable Future<Void> fetching;

    private record NamedKey(@Nullable String id, KeyLookup.Found key) {
    }

    RemoteKeys(JwksFetch fetch, Duration refetchAtMostEvery, InstantSource clock) {
        this.fetch = fetch;
        this.refetchAtMostEvery = refetchAtMostEvery;
        this.clock = clock;
    }

    @Override
    public @Nullable KeyLookup now(@Nullable String keyId) {
        KeyLookup known = find(keyId);
        Duration age = Duration.between(fetchedAt, clock.instant());
        if (known == null || age.compareTo(FRESH) <= 0 || !mayFetch()) {
            return known;
        }
        if (age.compareTo(OLD) > 0) {
            return null;
        }
        // Nobody waits for that: the URL may be silent.
        Future<Void> _ = refetch();
        return known;
    }

    /** A token without a key id can only mean the one key there is. */
    private @Nullable KeyLookup find(@Nullable String keyId) {
        if (keyId == null) {
            return keys.size() == 1 ? keys.getFirst().key() : null;
        }
        for (NamedKey key : keys) {
            if (keyId.equals(key.id())) {
                return key.key();
            }
        }
        return null;
    }

    @Override
    public Future<KeyLookup> later(@Nullable String keyId) {
        return mayFetch() ? refetch().map(_ -> atLast(keyId)) : Future.succeededFuture(atLast(keyId));
    }

    private KeyLookup atLast(@Nullable String keyId) {
        KeyLookup found = find(keyId);
        if (found != null) {
            return found;
        }
        boolean lastTryFailed = fetchedAt.isBefore(triedAt);
        return lastTryFailed ? new KeyLookup.Unavailable() : new KeyLookup.NoSuchKey();
    }

    private boolean mayFetch() {
        return fetching != null || !clock.instant().isBefore(triedAt.plus(refetchAtMostEvery));
    }

    private Future<Void> refetch() {
        Future<Void> underWay = fetching;
        if (underWay != null) {
            return underWay;
        }
        triedAt = clock.instant();
        Instant startedAt = triedAt;
        Future<Void> done = fetch.get().transform(text -> {
            fetching = null;
            if (text.succeeded()) {
                take(Objects.requireNonNull(text.result()), startedAt);
            } else {
                LOG.warn("Expected keys for tokens from {}, but they could not be had: {}", fetch,
                        text.cause().getMessage());
            }
            return Future.succeededFuture();
        });
        fetching = done.isComplete() ? null : done;
        return done;
    }

    private void take(String text, Instant at) {
        try {
            List<NamedKey> usable = usable(JWKSet.parse(text));
            if (usable.isEmpty()) {
                LOG.warn("Expected keys for RS256 or ES256 from {}, but there are none", fetch);
                return;
            }
            keys = usable;
            fetchedAt = at;
        } catch (ParseException malformed) {
            LOG.warn("Expected a JSON Web Key Set from {}, but it is none", fetch);
        }
    }

    private static List<NamedKey> usable(JWKSet set) {
        List<NamedKey> usable = new ArrayList<>();
        for (JWK key : set.getKeys()) {
            try {
                KeyLookup.Found found = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE)
                        ? verifier(key)
                        : null;
                if (found != null && (key.getAlgorithm() == null || key.getAlgorithm().equals(found.algorithm()))) {
                    usable.add(new NamedKey(key.getKeyID(), found));
                }
            } catch (JOSEException | IllegalArgumentException notForTokens) {
                LOG.info("Skipping the key {}: {}", key.getKeyID(), notForTokens.getMessage());
            }
        }
        return usable;
    }

    private static KeyLookup.@Nullable Found verifier(JWK key) throws JOSEException {
        return switch (key) {
            case RSAKey rsa -> PublicKeys.of(rsa.toRSAPublicKey());
            case ECKey ec -> PublicKeys.of(ec.toECPublicKey());
            default -> null;
        };
    }
}
