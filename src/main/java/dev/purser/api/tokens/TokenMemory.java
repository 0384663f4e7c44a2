package dev.purser.api.tokens;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * The verified tokens that were used lately, at whichever of a node's event loops: nobody's is verified at each of them. It has
 * two halves. When the younger one is full it becomes the older one, and what was in that and not used since is forgotten. So
 * a use costs one look: tokens kept in the order of their last use would be written to all over memory, and the collector
 * would look through all of it.
 */
public final class TokenMemory {

    /** Some 100,000 people within two of their tokens' lives. */
    private static final long BYTES_OF_HALF = 40L << 20;
    /** What a token takes beside its characters. */
    static final int BYTES_BESIDE = 250;

    private final long bytesOfHalf;
    private final AtomicReference<Halves> halves = new AtomicReference<>(new Halves(new Half(), new Half()));

    private record Halves(Half younger, Half older) {
    }

    private record Half(Map<String, Identity> identities, AtomicLong bytes) {

        Half() {
            this(new ConcurrentHashMap<>(), new AtomicLong());
        }
    }

    /** As large as a node needs it. */
    public TokenMemory() {
        this(BYTES_OF_HALF);
    }

    TokenMemory(long bytesOfHalf) {
        this.bytesOfHalf = bytesOfHalf;
    }

    @Nullable
    Identity find(String token, Instant now) {
        Halves both = halves.get();
        Identity identity = both.younger().identities().get(token);
        if (identity != null) {
            return identity.isExpired(now) ? null : identity;
        }
        identity = both.older().identities().get(token);
        if (identity == null || identity.isExpired(now)) {
            return null;
        }
        put(token, identity);
        return identity;
    }

    void put(String token, Identity identity) {
        Halves both = halves.get();
        Half younger = both.younger();
        if (younger.identities().put(token, identity) == null
                && younger.bytes().addAndGet((long) token.length() + BYTES_BESIDE) > bytesOfHalf) {
            var _ = halves.compareAndSet(both, new Halves(new Half(), younger));
        }
    }
}
