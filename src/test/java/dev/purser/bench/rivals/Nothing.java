package dev.purser.bench.rivals;

import java.time.Instant;

import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import io.vertx.core.Future;

/** Answers at once that all went well, and does nothing. */
final class Nothing extends Rival {

    private static final long BALANCE = 1_000_000;

    @Override
    Future<Outcome> spend(Operation operation, long amount, Instant now) {
        return Future.succeededFuture(Receipts.spent(amount, 1, BALANCE, now));
    }

    @Override
    Future<Outcome> look(String walletId) {
        return Future.succeededFuture(Receipts.seen(walletId, 1, BALANCE));
    }
}
