package dev.purser.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.lane.Batch;
import dev.purser.lane.Batch.Write;
import dev.purser.lane.Journal;
import dev.purser.lane.StoredReply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * A lane's journal: it writes through one connection that nobody else uses, so that a commit costs one round trip and no
 * wait. Used on the lane's thread only.
 *
 * <p>PostgreSQL has no timeout of its own for a peer that fell silent, so every answer has a deadline here. When it
 * passes, the connection is closed, and what was under way on it is unknown until {@link #settle} has found it out.
 */
public final class PgJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(PgJournal.class);

    /** Raises the epoch, also of wallets that have no row yet: bytes still under way might create it. */
    private static final String FENCE = """
            insert into wallets (id, version, epoch, balance, held, debt, status, purchased, spent, earned, lots)
            select id, 0, 1, 0, 0, 0, 'active', 0, 0, 0, '[]' from unnest($1::text[]) as w (id) order by id
                on conflict (id) do update set epoch = wallets.epoch + 1""";

    private static final String WRITTEN = """
            select e.wallet_id
              from unnest($1::text[], $2::int8[], $3::text[]) as w (id, seq, op_id)
              join entries e on e.wallet_id = w.id and e.seq = w.seq and e.op_id = w.op_id""";

    private static final String FIND_KEYS = """
            select o.wallet_id, o.op_key, o.fingerprint, o.reply::text as reply
              from unnest($1::text[], $2::text[]) as k (wallet_id, op_key)
              join operations o on o.wallet_id = k.wallet_id and o.op_key = k.op_key""";

    private final Vertx vertx;
    private final Database database;
    private final StoredWallets stored;
    private @Nullable Future<PgConnection> connection;

    public PgJournal(Vertx vertx, Database database) {
        this.vertx = vertx;
        this.database = database;
        this.stored = new StoredWallets(database.reads());
    }

    @Override
    public Future<List<Stored>> load(List<String> walletIds) {
        return inTime(stored.load(walletIds));
    }

    @Override
    public Future<List<Taken>> findKeys(List<KeyName> keys) {
        String[] wallets = keys.stream().map(KeyName::walletId).toArray(String[]::new);
        String[] names = keys.stream().map(KeyName::key).toArray(String[]::new);
        return inTime(
                database.reads().preparedQuery(FIND_KEYS).execute(Tuple.tuple().addValue(wallets).addValue(names)))
                .map(rows -> {
                    List<Taken> found = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        found.add(new Taken(row.getString("wallet_id"), row.getString("op_key"),
                                new StoredReply(row.getString("fingerprint"),
                                        StateJson.receipt(row.getString("reply")))));
                    }
                    return found;
                });
    }

    private <T> Future<T> inTime(Future<T> answer) {
        return answer.timeout(database.settings().commitDeadline().toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Future<Written> commit(Batch batch) {
        return connected().transform(ready -> ready.succeeded()
                ? write(ready.result(), batch)
                : Future.succeededFuture(new Written.NotApplied(ready.cause())));
    }

    private Future<Written> write(PgConnection to, Batch batch) {
        BatchValues values = new BatchValues(batch);
        return withDeadline(to, to.preparedQuery(values.sql()).execute(values.tuple()))
                .transform(answer -> Future.succeededFuture(answer.succeeded()
                        ? committed(batch, answer.result())
                        : failed(to, answer.cause())));
    }

    private static Written committed(Batch batch, RowSet<Row> rows) {
        Row row = rows.iterator().next();
        List<Taken> taken = taken(row);
        Set<String> missed = new HashSet<>();
        if (row.getLong("written") < batch.writes().size()) {
            batch.writes().forEach(write -> missed.add(write.walletId()));
            Arrays.asList(row.getArrayOfStrings("written_ids")).forEach(missed::remove);
            taken.forEach(used -> missed.remove(used.walletId()));
        }
        return new Written.Committed(missed, taken);
    }

    private static List<Taken> taken(Row row) {
        String[] wallets = row.getArrayOfStrings("taken_wallets");
        if (wallets.length == 0) {
            return List.of();
        }
        String[] keys = row.getArrayOfStrings("taken_keys");
        String[] fingerprints = row.getArrayOfStrings("taken_fingerprints");
        String[] replies = row.getArrayOfStrings("taken_replies");
        List<Taken> taken = new ArrayList<>(wallets.length);
        for (int i = 0; i < wallets.length; i++) {
            taken.add(new Taken(wallets[i], keys[i], new StoredReply(fingerprints[i], StateJson.receipt(replies[i]))));
        }
        return taken;
    }

    private Written failed(PgConnection on, Throwable cause) {
        if (cause instanceof PgException refused && "ERROR".equals(refused.getSeverity())) {
            return SqlStates.isAboutTheData(refused.getSqlState())
                    ? new Written.Rejected(cause)
                    : new Written.NotApplied(cause);
        }
        giveUp(on);
        return new Written.Unknown(cause);
    }

    @Override
    public Future<Set<String>> settle(Batch batch) {
        int count = batch.writes().size();
        String[] ids = new String[count];
        Long[] seqs = new Long[count];
        String[] operations = new String[count];
        for (int i = 0; i < count; i++) {
            Write write = batch.writes().get(i);
            ids[i] = write.walletId();
            seqs[i] = write.version() + 1;
            operations[i] = write.postings().getFirst().operationId();
        }
        return connected().compose(on -> withDeadline(on, on.preparedQuery(FENCE).execute(Tuple.of(ids))
                .compose(fenced -> on.preparedQuery(WRITTEN).execute(Tuple.of(ids, seqs, operations))))
                .onFailure(cause -> giveUp(on)))
                .map(rows -> {
                    Set<String> written = new HashSet<>();
                    rows.forEach(row -> written.add(row.getString("wallet_id")));
                    return written;
                });
    }

    /** Ends the connection. What is under way on it becomes unknown. */
    public Future<Void> close() {
        Future<PgConnection> open = connection;
        connection = null;
        return open == null ? Future.succeededFuture() : open.compose(PgConnection::close);
    }

    Future<PgConnection> connected() {
        Future<PgConnection> open = connection;
        if (open == null || open.failed()) {
            open = connect();
            connection = open;
        }
        return open;
    }

    /** A handshake, too, may be left without an answer; a connection that is there too late is closed. */
    private Future<PgConnection> connect() {
        Future<PgConnection> opening = database.connect();
        return inTime(opening).onFailure(late -> opening.onSuccess(this::giveUp))
                .onSuccess(opened -> opened.closeHandler(closed -> forget(opened)));
    }

    private <T> Future<T> withDeadline(PgConnection on, Future<T> answer) {
        long timer = vertx.setTimer(database.settings().commitDeadline().toMillis(), late -> {
            LOG.warn("Expected an answer of the database within {}, but there is none; closing the connection",
                    database.settings().commitDeadline());
            giveUp(on);
        });
        return answer.onComplete(done -> vertx.cancelTimer(timer));
    }

    private void giveUp(PgConnection broken) {
        forget(broken);
        broken.close().onFailure(cause -> LOG.debug("Closing a broken connection failed", cause));
    }

    private void forget(PgConnection closed) {
        if (connection != null && closed.equals(connection.result())) {
            connection = null;
        }
    }
}
