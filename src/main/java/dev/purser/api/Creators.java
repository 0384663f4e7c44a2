package dev.purser.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.purser.journal.Accounts;
import io.vertx.core.Future;

/**
 * Who is a creator, remembered for a moment: a creator who goes live is asked for a thousand times a second, and changes
 * once in a lifetime. Used on one thread.
 */
final class Creators {

    private static final long YES_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** Whoever has just become one does not wait long. */
    private static final long NO_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST = 10_000;

    private final Accounts accounts;
    private final LongSupplier nanos;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    };

    private record Known(boolean isCreator, long at) {

        boolean isOld(long now) {
            return now - at > (isCreator ? YES_NANOS : NO_NANOS);
        }
    }

    Creators(Accounts accounts, LongSupplier nanos) {
        this.accounts = accounts;
        this.nanos = nanos;
    }

    Future<Boolean> isCreator(String id) {
        Known before = known.get(id);
        if (before != null && !before.isOld(nanos.getAsLong())) {
            return Future.succeededFuture(before.isCreator());
        }
        return accounts.find(id).map(account -> {
            boolean isCreator = account.map(Accounts.Account::isCreator).orElse(false);
            known.put(id, new Known(isCreator, nanos.getAsLong()));
            return isCreator;
        });
    }
}
