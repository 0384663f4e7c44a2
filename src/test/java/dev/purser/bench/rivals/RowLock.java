package dev.purser.bench.rivals;

import java.time.Instant;
import java.time.ZoneOffset;

import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** Begin, select for update, update, insert, commit: five round trips, three of them with the row locked. */
final class RowLock extends SqlRival {

    private static final String LOCK = "select version, balance, held, status from rival_wallets where id = $1 for update";
    private static final String UPDATE = """
            update rival_wallets set balance = balance - $2, version = version + 1, spent = spent + $2, updated_at = $3
             where id = $1 and balance - held >= $2""";
    private static final String INSERT = """
            insert into rival_entries (wallet_id, seq, kind, amount, balance_after, op_id, created_at)
            values ($1, $2, 'spend', $3, $4, $5, $6)""";

    RowLock(Vertx vertx, String url, int connections) {
        super(vertx, url, connections);
    }

    @Override
    Future<Outcome> spend(Operation operation, long amount, Instant now) {
        return pool().withTransaction(connection -> connection.preparedQuery(LOCK)
                .execute(Tuple.of(operation.walletId()))
                .compose(rows -> {
                    Row row = rows.iterator().next();
                    long available = row.getLong("balance") - row.getLong("held");
                    return available < amount || !row.getString("status").equals("active")
                            ? Future.succeededFuture(Receipts.tooLittle(amount, available))
                            : write(connection, operation, amount, row, now);
                }));
    }

    private static Future<Outcome> write(SqlConnection connection, Operation operation, long amount, Row row,
            Instant now) {
        long version = row.getLong("version") + 1;
        long balance = row.getLong("balance") - amount;
        var time = now.atOffset(ZoneOffset.UTC);
        return connection.preparedQuery(UPDATE).execute(Tuple.of(operation.walletId(), amount, time))
                .compose(updated -> connection.preparedQuery(INSERT).execute(
                        Tuple.of(operation.walletId(), version, -amount, balance, operation.id(), time)))
                .map(inserted -> Receipts.spent(amount, version, balance, now));
    }
}
