package dev.purser.bench.rivals;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** The row-lock transaction inside the database: one round trip, and the row is locked only as long as it must be. */
final class RowLockFunction extends SqlRival {

    private static final String CALL = "select version, balance from rival_spend($1, $2, $3)";

    RowLockFunction(Vertx vertx, String url, int connections) {
        super(vertx, url, connections);
    }

    @Override
    Future<Outcome> spend(Operation operation, long amount, Instant now) {
        return pool().preparedQuery(CALL).execute(Tuple.of(operation.walletId(), amount, operation.id())).map(rows -> {
            Row row = rows.iterator().next();
            @Nullable
            Long version = row.getLong(0);
            return version == null
                    ? Receipts.tooLittle(amount, 0)
                    : Receipts.spent(amount, version, row.getLong(1), now);
        });
    }
}
