package dev.purser.bench.rivals;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.wallet.Transfer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** A tip in one transaction, of eight round trips with begin and commit. */
final class RowLockTip extends SqlRival {

    private static final String LOCK = "select version, balance, held, status from rival_wallets where id = $1 for update";
    private static final String DEBIT = """
            update rival_wallets set balance = balance - $2, version = version + 1, spent = spent + $2, updated_at = $3
             where id = $1 and balance - held >= $2""";
    private static final String ENTRY = """
            insert into rival_entries (wallet_id, seq, kind, amount, balance_after, op_id, description, created_at)
            values ($1, $2, 'tip', $3, $4, $5, $6, $7)""";
    private static final String EARNING = """
            insert into rival_earnings (id, creator_id, payer_id, amount, cents, created_at)
            values ($1, $2, $3, $4, $5, $6)""";
    private static final String EARNER = "update rival_users set earned = earned + $2, updated_at = $3 where id = $1";
    private static final String CREDIT = """
            update rival_wallets set balance = balance + $2, version = version + 1, updated_at = $3
             where id = $1 returning version, balance""";

    private final boolean creatorLast;

    /** @param creatorLast whether the rows that all fans of a creator contend for come last, and so are locked least */
    RowLockTip(Vertx vertx, String url, int connections, boolean creatorLast) {
        super(vertx, url, connections);
        this.creatorLast = creatorLast;
    }

    @Override
    Future<Outcome> spend(Operation operation, long amount, Instant now) {
        throw new IllegalStateException("Expected a tip, but got " + operation);
    }

    @Override
    Future<Outcome> tip(Operation operation, Transfer transfer, Instant now) {
        return pool().withTransaction(connection -> connection.preparedQuery(LOCK).execute(Tuple.of(transfer.from()))
                .compose(rows -> {
                    Row fan = rows.iterator().next();
                    long available = fan.getLong("balance") - fan.getLong("held");
                    return available < transfer.amount() || !fan.getString("status").equals("active")
                            ? Future.succeededFuture(Receipts.tooLittle(transfer.amount(), available))
                            : write(connection, operation, transfer, fan, now);
                }));
    }

    private Future<Outcome> write(SqlConnection connection, Operation operation, Transfer transfer, Row fan,
            Instant now) {
        OffsetDateTime time = now.atOffset(ZoneOffset.UTC);
        long version = fan.getLong("version") + 1;
        long balance = fan.getLong("balance") - transfer.amount();
        Tip tip = new Tip(connection, operation.id(), transfer, time);
        Future<?> debited = tip.ask(DEBIT, Tuple.of(transfer.from(), transfer.amount(), time));
        Future<?> written = creatorLast
                ? debited.compose(_ -> tip.sent(version, balance)).compose(_ -> tip.earning())
                        .compose(_ -> tip.earner()).compose(_ -> tip.credit()).compose(tip::received)
                : debited.compose(_ -> tip.credit())
                        .compose(creator -> tip.earner().compose(_ -> tip.sent(version, balance))
                                .compose(_ -> tip.received(creator)).compose(_ -> tip.earning()));
        return written.map(_ -> Receipts.tipped(transfer, version, balance, now));
    }

    /** The statements of one tip. */
    private record Tip(SqlConnection connection, String operationId, Transfer transfer, OffsetDateTime time) {

        Future<RowSet<Row>> ask(String sql, Tuple values) {
            return connection.preparedQuery(sql).execute(values);
        }

        Future<?> sent(long version, long balance) {
            return ask(ENTRY, Tuple.of(transfer.from(), version, -transfer.amount(), balance, operationId,
                    transfer.channel(), time));
        }

        Future<?> earning() {
            return ask(EARNING, Tuple.of(transfer.id(), transfer.to(), transfer.from(), transfer.amount(),
                    transfer.amount() / 2, time));
        }

        Future<?> earner() {
            return ask(EARNER, Tuple.of(transfer.to(), transfer.amount(), time));
        }

        Future<Row> credit() {
            return ask(CREDIT, Tuple.of(transfer.to(), transfer.amount(), time)).map(rows -> rows.iterator().next());
        }

        Future<?> received(Row creator) {
            return ask(ENTRY, Tuple.of(transfer.to(), creator.getLong("version"), transfer.amount(),
                    creator.getLong("balance"), operationId, transfer.channel(), time));
        }
    }
}
