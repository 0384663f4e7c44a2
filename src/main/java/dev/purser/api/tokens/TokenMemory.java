package dev.purser.api.tokens;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The verified tokens that were used last. */
final class TokenMemory {

    /** Some 45 MB when it is full: so many people are at one of a node's event loops within their tokens' life. */
    private static final int MOST = 100_000;

    private final Map<String, Identity> identities = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Identity> eldest) {
            return size() > MOST;
        }
    };

    @Nullable
    Identity find(String token, Instant now) {
        Identity identity = identities.get(token);
        if (identity != null && identity.isExpired(now)) {
            identities.remove(token);
            return null;
        }
        return identity;
    }

    void put(String token, Identity identity) {
        identities.put(token, identity);
    }
}
