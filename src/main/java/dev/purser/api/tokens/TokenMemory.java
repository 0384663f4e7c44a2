package dev.purser.api.tokens;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The verified tokens that were used last, as many as there is room for. */
final class TokenMemory {

    private final int mostTokens;
    private final long mostCharacters;
    private final Map<String, Identity> identities = new LinkedHashMap<>(256, 0.75f, true);
    private long characters;

    /** A token has a character for each of its bytes, and what it says takes some 200 bytes beside. */
    TokenMemory(int mostTokens, long mostCharacters) {
        this.mostTokens = mostTokens;
        this.mostCharacters = mostCharacters;
    }

    @Nullable
    Identity find(String token, Instant now) {
        Identity identity = identities.get(token);
        if (identity != null && identity.isExpired(now)) {
            identities.remove(token);
            characters -= token.length();
            return null;
        }
        return identity;
    }

    void put(String token, Identity identity) {
        if (identities.put(token, identity) == null) {
            characters += token.length();
        }
        Iterator<String> eldest = identities.keySet().iterator();
        while (identities.size() > mostTokens || characters > mostCharacters) {
            characters -= eldest.next().length();
            eldest.remove();
        }
    }
}
