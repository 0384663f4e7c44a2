package dev.purser.lane;

import java.util.Iterator;
import java.util.LinkedHashMap;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Entry;

/**
 * The keys used last and what they were answered, so that the common retry needs no look at the database. What is in here
 * is durable and stays true, whoever owns the wallet; that a key is not in here means nothing.
 */
final class RecentKeys {

    /** What a reply may weigh on average; most weigh half of it, those with metadata much more. */
    private static final int WEIGHT_EACH = 1_024;

    private final LinkedHashMap<Name, StoredReply> replies = new LinkedHashMap<>(16, 0.75f, true);
    private final int limit;
    private long weight;

    RecentKeys(int limit) {
        this.limit = limit;
    }

    @Nullable
    StoredReply find(String walletId, String key) {
        return replies.get(new Name(walletId, key));
    }

    void remember(String walletId, String key, StoredReply reply) {
        StoredReply before = replies.put(new Name(walletId, key), reply);
        weight += weigh(reply) - (before == null ? 0 : weigh(before));
        Iterator<StoredReply> oldest = replies.values().iterator();
        while (oldest.hasNext() && (replies.size() > limit || weight > (long) limit * WEIGHT_EACH)) {
            weight -= weigh(oldest.next());
            oldest.remove();
        }
    }

    private static long weigh(StoredReply reply) {
        long weighs = WEIGHT_EACH / 2;
        for (Entry entry : reply.receipt().entries()) {
            weighs += Envelope.weigh(entry.memo());
        }
        return weighs;
    }

    private record Name(String walletId, String key) {
    }
}
