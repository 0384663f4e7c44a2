package dev.purser.bench.rivals;

import java.time.Instant;
import java.time.ZoneOffset;

import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** A spend as one statement and one round trip: the update of the wallet feeds the insert of its entry. */
public final class RowLockStatement extends SqlRival {

    public static final String ONE_STATEMENT = """
            with spent as (
                update rival_wallets
                   set balance = balance - $2, version = version + 1, spent = spent + $2, updated_at = $4
                 where id = $1 and balance - held >= $2 and status = 'active'
                returning version, balance
            )
            insert into rival_entries (wallet_id, seq, kind, amount, balance_after, op_id, created_at)
            select $1, version, 'spend', - $2, balance, $3, $4 from spent
            returning seq, balance_after""";

    RowLockStatement(Vertx vertx, String url, int connections) {
        super(vertx, url, connections);
    }

    @Override
    Future<Outcome> spend(Operation operation, long amount, Instant now) {
        return pool().preparedQuery(ONE_STATEMENT)
                .execute(Tuple.of(operation.walletId(), amount, operation.id(), now.atOffset(ZoneOffset.UTC)))
                .map(rows -> answer(rows, amount, now));
    }

    private static Outcome answer(RowSet<Row> rows, long amount, Instant now) {
        if (rows.size() == 0) {
            return Receipts.tooLittle(amount, 0);
        }
        Row row = rows.iterator().next();
        return Receipts.spent(amount, row.getLong(0), row.getLong(1), now);
    }
}
