package dev.purser.lane;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The keys used last and what they were answered, so that the common retry needs no look at the database. What is in here
 * is durable and stays true, whoever owns the wallet; that a key is not in here means nothing.
 */
final class RecentKeys {

    private final Map<Name, StoredReply> replies;

    RecentKeys(int limit) {
        this.replies = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Name, StoredReply> eldest) {
                return size() > limit;
            }
        };
    }

    @Nullable
    StoredReply find(String walletId, String key) {
        return replies.get(new Name(walletId, key));
    }

    void remember(String walletId, String key, StoredReply reply) {
        replies.put(new Name(walletId, key), reply);
    }

    private record Name(String walletId, String key) {
    }
}
