package dev.purser.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import dev.purser.lane.Batch;
import dev.purser.lane.Batch.Write;
import dev.purser.lane.Journal;
import dev.purser.lane.StoredReply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * A lane's journal: it writes through one connection that nobody else uses, so that a commit costs one round trip and no
 * wait, and reads through another, so that wallets can be activated while a commit is under way and however much history
 * is read. Used on the lane's thread only.
 *
 * <p>When a commit has no answer by its deadline, its connection is closed, and what was under way is unknown until
 * {@link #settle} has found it out on a new one.
 */
public final class PgJournal implements Journal {

    /** Raises the epoch, also of wallets that have no row yet: bytes still under way might create it. */
    private static final String FENCE = """
            insert into wallets (id, version, epoch, balance, held, debt, status, purchased, spent, earned, lots)
            select id, 0, 1, 0, 0, 0, 'active', 0, 0, 0, '[]' from unnest($1::text[]) as w (id) order by id collate "C"
                on conflict (id) do update set epoch = wallets.epoch + 1
            returning id""";

    static final String WRITTEN = """
            select w.op_id, e.wallet_id
              from unnest($1::text[], $2::int8[], $3::text[]) as w (id, seq, op_id)
              left join entries e on e.wallet_id = any(array[w.id]) and e.seq = any(array[w.seq]) and e.op_id = w.op_id""";

    /** A row for each key, with a fingerprint if it is used. A transfer that is in no parcel has been taken in. */
    static final String FIND_KEYS = """
            select k.wallet_id, k.op_key,
                   coalesce(o.fingerprint, t.fingerprint) as fingerprint, coalesce(o.reply, t.reply) as reply
              from unnest($1::text[], $2::text[]) as k (wallet_id, op_key)
              left join operations o on o.wallet_id = any(array[k.wallet_id]) and o.op_key = any(array[k.op_key])
              left join lateral (
                  select 'fact' as fingerprint, '$reply' as reply
                   where k.op_key like 'transfer:%'
                     and not exists (
                         select from transfers
                          where to_wallet = any(array[k.wallet_id])
                            and parcel = any(array[split_part(substr(k.op_key, 10), '~', 1)])
                            and id = substr(k.op_key, 10))) t on true"""
            .replace("$reply", StateJson.RECEIVED);

    /** Whoever repeats one key after so long a time may repeat others: so many batches look for theirs beforehand then. */
    private static final int WARY_BATCHES = 1_000;

    private final Context lane;
    private final OwnConnection writer;
    private final OwnConnection reader;
    private final StoredWallets stored;
    private long batches;
    private long waryUntil;

    /** Made on the lane's thread. */
    public PgJournal(Vertx vertx, Database database) {
        this.lane = vertx.getOrCreateContext();
        this.writer = new OwnConnection(vertx, database::connectToWrite, database.deadline());
        this.reader = new OwnConnection(vertx, database::connectToRead, database.deadline());
        this.stored = new StoredWallets(reader);
    }

    /**
     * Does everything once, with nothing: opens the connections and has the statements prepared, so that the first wallets
     * need not wait for it. May be called from any thread.
     */
    public Future<Void> warmUp() {
        return OnContext.run(lane, () -> Future.all(claim(List.of()).compose(none -> findKeys(List.of())),
                commit(new Batch(List.of(), Instant.EPOCH))).mapEmpty());
    }

    @Override
    public Future<List<Stored>> load(List<String> walletIds) {
        return stored.load(walletIds);
    }

    @Override
    public Future<List<Stored>> claim(List<String> walletIds) {
        String[] ids = walletIds.toArray(String[]::new);
        return reader.query(FENCE, Tuple.of(ids), rows -> fenced(ids, rows)).compose(fenced -> load(walletIds));
    }

    @Override
    public Future<List<Taken>> findKeys(List<KeyName> keys) {
        String[] wallets = keys.stream().map(KeyName::walletId).toArray(String[]::new);
        String[] names = keys.stream().map(KeyName::key).toArray(String[]::new);
        return reader.query(FIND_KEYS, Tuple.tuple().addValue(wallets).addValue(names), rows -> {
            Set<KeyName> answered = new HashSet<>();
            List<Taken> used = new ArrayList<>();
            for (Row row : rows) {
                KeyName key = new KeyName(row.getString("wallet_id"), row.getString("op_key"));
                answered.add(key);
                String fingerprint = row.getString("fingerprint");
                if (fingerprint != null) {
                    used.add(new Taken(key.walletId(), key.key(),
                            new StoredReply(fingerprint, StateJson.receipt(row.getString("reply")))));
                }
            }
            StrayAnswer.unless(answered, Set.copyOf(keys), "other keys");
            return used;
        });
    }

    /** That these are fenced; an answer to anything else says nothing of them. */
    private static Set<String> fenced(String[] asked, RowSet<Row> rows) {
        Set<String> fenced = new HashSet<>();
        rows.forEach(row -> fenced.add(row.getString("id")));
        StrayAnswer.unless(fenced, Set.of(asked), "other wallets");
        return fenced;
    }

    @Override
    public Future<Written> commit(Batch batch) {
        return writer.connected().transform(open -> open.succeeded()
                ? write(open.result(), batch, ++batches <= waryUntil)
                : Future.succeededFuture(new Written.NotApplied(open.cause())));
    }

    /**
     * Most keys that come a second time do so while the lane still remembers them. So it is not asked of each beforehand
     * whether the table has it: if it has, the statement fails, and the batch is written once more by one that asks. Which
     * constraint it fails at is not asked: whoever repeats a payment or a transfer repeats its key, and either may come first.
     */
    private Future<Written> write(PgConnection open, Batch batch, boolean looksForKeys) {
        BatchForm form = new BatchForm(batch, looksForKeys);
        return writer.query(open, form.sql(), BatchValues.of(form)).map(rows -> committed(form, rows))
                .recover(cause -> {
                    if (looksForKeys || !SqlStates.isThereAlready(cause)) {
                        return Future.succeededFuture(failed(open, cause));
                    }
                    waryUntil = batches + WARY_BATCHES;
                    return write(open, batch, true);
                });
    }

    private static Written committed(BatchForm form, RowSet<Row> rows) {
        Row row = rows.iterator().next();
        StrayAnswer.unless(row.getString("first_operation"), form.firstOperation(), "another batch");
        if (row.getBoolean("late")) {
            return new Written.NotApplied(new TimeoutException("It came later than its owner may be relied on"));
        }
        List<Taken> taken = taken(row);
        Set<String> missed = new HashSet<>();
        List<Write> writes = form.batch().writes();
        if (row.getLong("written") < writes.size()) {
            writes.forEach(write -> missed.add(write.walletId()));
            Arrays.asList(row.getArrayOfStrings("written_ids")).forEach(missed::remove);
            taken.forEach(used -> missed.remove(used.walletId()));
        }
        return new Written.Committed(missed, taken);
    }

    private static List<Taken> taken(Row row) {
        String[] wallets = row.getArrayOfStrings("taken_wallets");
        if (wallets == null || wallets.length == 0) {
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
        SqlStates.Meaning meaning = cause instanceof PgException refused
                ? SqlStates.meaning(refused)
                : SqlStates.Meaning.UNKNOWN;
        return switch (meaning) {
            case BAD_DATA -> new Written.Rejected(cause);
            case NOT_NOW -> new Written.NotApplied(cause);
            case NOT_HERE -> {
                writer.giveUp(on);
                yield new Written.NotApplied(cause);
            }
            case UNKNOWN -> {
                writer.giveUp(on);
                yield new Written.Unknown(cause);
            }
        };
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
        Tuple written = Tuple.tuple().addValue(ids).addValue(seqs).addValue(operations);
        return writer.connected().compose(open -> writer.query(open, FENCE, Tuple.of(ids))
                .map(rows -> fenced(ids, rows))
                .compose(fenced -> writer.query(open, WRITTEN, written))
                .map(rows -> written(Set.of(operations), rows))
                .onFailure(cause -> writer.giveUp(open)));
    }

    private static Set<String> written(Set<String> asked, RowSet<Row> rows) {
        Set<String> answered = new HashSet<>();
        Set<String> written = new HashSet<>();
        for (Row row : rows) {
            answered.add(row.getString("op_id"));
            if (row.getString("wallet_id") != null) {
                written.add(row.getString("wallet_id"));
            }
        }
        StrayAnswer.unless(answered, asked, "other operations");
        return written;
    }

    /** Ends the connections, from whatever thread. What is under way on them becomes unknown. */
    public Future<Void> close() {
        return OnContext.run(lane, () -> {
            writer.close();
            reader.close();
            return Future.succeededFuture();
        });
    }

    /** The connection that batches are written through. */
    Future<PgConnection> connected() {
        return writer.connected();
    }
}
