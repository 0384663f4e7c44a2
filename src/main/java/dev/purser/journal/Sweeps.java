package dev.purser.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import dev.purser.wallet.Lots;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;
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

    /** As many parcels as transfers are wanted will do, and one more: of that at which the last page ended, nothing may be left. */
    private static final String POST = """
            select t.to_wallet, t.id, t.from_wallet, t.kind, t.amount, t.channel, t.message, t.lots
              from (select distinct to_wallet, id
                      from parcels
                     where waiting <> 0 and created_at <= now() - make_interval(secs => $1)
                       and (to_wallet, id) >= ($2, $3)
                     order by to_wallet, id
                     limit $5 + 1) as p
              join transfers t on t.to_wallet = p.to_wallet and t.parcel = p.id
             where t.in_post and t.created_at <= now() - make_interval(secs => $1)
               and (t.to_wallet, t.parcel, t.place) > ($2, $3, $4)
             order by t.to_wallet, t.parcel, t.place
             limit $5""";

    /** Skips what another node is forgetting at the same time. */
    private static final String FORGET = """
            delete from operations
             where ctid = any (array(
                   select ctid from operations
                    where created_at < $1 and not lasting
                    limit $2
                      for update skip locked))""";

    /** What an order has become is a purchase, which stays. Its key was a client's, or nobody's. */
    private static final String FORGET_ORDERS = """
            delete from orders
             where ctid = any (array(
                   select ctid from orders where ordered_at < $1 limit $2 for update skip locked))""";

    private static final String FORGET_DECLINES = """
            delete from declines
             where ctid = any (array(
                   select ctid from declines where declined_at < $1 limit $2 for update skip locked))""";

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

    /** What has been in the post for so long, by recipient, after {@code last}. */
    public Future<List<Posted>> post(Duration age, Posted.Place last, int limit) {
        Tuple values = Tuple.of(age.toMillis() / 1e3, last.walletId(), last.parcel(), last.place(), limit);
        return reads.query(POST, values).map(rows -> {
            List<Posted> posted = new ArrayList<>(rows.size());
            for (Row row : rows) {
                posted.add(new Posted(new Transfer(row.getString("id"),
                        TransferKind.valueOf(Names.constant(row.getString("kind"))), row.getString("from_wallet"),
                        row.getString("to_wallet"), row.getLong("amount"), row.getString("channel"),
                        row.getString("message")), StateJson.lots(row.getString("lots"))));
            }
            return posted;
        });
    }

    /** Forgets clients' keys used before a time, at most {@code limit} of them, and answers how many it were. */
    public Future<Integer> forgetClientKeys(Instant before, int limit) {
        return forget(FORGET, before, limit);
    }

    /** Forgets likewise under which keys purchases were ordered. */
    public Future<Integer> forgetOrders(Instant before, int limit) {
        return forget(FORGET_ORDERS, before, limit);
    }

    /** Forgets likewise which payments were declined. */
    public Future<Integer> forgetDeclines(Instant before, int limit) {
        return forget(FORGET_DECLINES, before, limit);
    }

    private Future<Integer> forget(String sql, Instant before, int limit) {
        return reads.query(sql, Tuple.of(before.atOffset(ZoneOffset.UTC), limit)).map(rows -> rows.rowCount());
    }

    /** A transfer that is in the post, and the lots that it was taken from. */
    public record Posted(Transfer transfer, Lots lots) {

        public Place place() {
            return new Place(transfer.to(), transfer.parcel(), transfer.place());
        }

        /** Where it stands in the order in which the post is gone through. */
        public record Place(String walletId, String parcel, int place) {

            /** Before all others. */
            public static final Place FIRST = new Place("", "", 0);
        }
    }

    /** A wallet and since when it is due. */
    public record Due(Instant at, String walletId) {

        /** Before all others. */
        public static final Due FIRST = new Due(Instant.EPOCH, "");
    }
}
