package dev.purser.journal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** What time makes due, looked up in the tables. */
public final class Sweeps {

    private static final String DUE = """
            select id, due_at
              from wallets
             where due_at <= $1 and due_at >= $2 and (due_at, id) > ($2, $3)
             order by due_at, id
             limit $4""";

    /** Skips what another node is forgetting at the same time. */
    private static final String FORGET = """
            delete from operations
             where ctid = any (array(
                   select ctid from operations
                    where created_at < $1 and not lasting
                    limit $2
                      for update skip locked))""";

    private final Reads reads;

    public Sweeps(Reads reads) {
        this.reads = reads;
    }

    /** Wallets of which a hold or a lot has run out by {@code now}, the longest due first, after {@code last}. */
    public Future<List<Due>> dueWallets(Instant now, Due last, int limit) {
        Tuple values = Tuple.of(now.atOffset(ZoneOffset.UTC), last.at().atOffset(ZoneOffset.UTC), last.walletId(),
                limit);
        return reads.query(DUE, values).map(rows -> {
            List<Due> due = new ArrayList<>(rows.size());
            for (Row row : rows) {
                due.add(new Due(row.getOffsetDateTime("due_at").toInstant(), row.getString("id")));
            }
            return due;
        });
    }

    /** Forgets clients' keys used before a time, at most {@code limit} of them, and answers how many it were. */
    public Future<Integer> forgetClientKeys(Instant before, int limit) {
        return reads.query(FORGET, Tuple.of(before.atOffset(ZoneOffset.UTC), limit))
                .map(rows -> rows.rowCount());
    }

    /** A wallet and since when it is due. */
    public record Due(Instant at, String walletId) {

        /** Before all others. */
        public static final Due FIRST = new Due(Instant.EPOCH, "");
    }
}
