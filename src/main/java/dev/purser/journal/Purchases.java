package dev.purser.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.purser.catalog.Order;
import dev.purser.catalog.Pack;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** Purchases that were begun, whatever became of them. That one is credited only its payment's row says. */
public final class Purchases {

    private static final String BEGUN = """
            insert into purchases (id, payer, wallet_id, pack_id, tokens, bonus, price, currency, status)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (id) do nothing""";

    /** Events come in any order: what is over stays so. */
    private static final String NOTE = """
            update purchases
               set status = $2, updated_at = now()
             where id = $1 and status not in ('succeeded', 'canceled')""";

    private static final String COLUMNS = """
            select p.id, p.payer, p.wallet_id, p.pack_id, p.tokens, p.bonus, p.price, p.currency, p.status, p.created_at,
                   c.created_at as credited_at
              from purchases p
              left join payments c on c.payment_intent_id = p.id
            """;

    private static final String PAGE = COLUMNS + """
            where p.payer = $1 and ($2::timestamptz is null or (p.created_at, p.id) < ($2, $3))
            order by p.created_at desc, p.id desc
            limit $4""";

    private static final String FIND = COLUMNS + " where p.payer = $1 and p.id = $2";

    private static final String LAST_MINUTE = """
            select count(*) as begun from purchases where payer = $1 and created_at > now() - interval '1 minute'""";

    private final Reads reads;

    public Purchases(Reads reads) {
        this.reads = reads;
    }

    /** Writes down that a purchase was begun; one that is there already stays as it is. */
    public Future<Void> begun(Purchase purchase) {
        return reads.query(BEGUN, Tuple.tuple().addString(purchase.id()).addString(purchase.payer())
                .addString(purchase.walletId()).addString(purchase.packId()).addLong(purchase.tokens())
                .addLong(purchase.bonus()).addLong(purchase.price()).addString(purchase.currency())
                .addString(purchase.status())).mapEmpty();
    }

    /** How many purchases somebody has begun in the last minute. */
    public Future<Long> begunLastMinute(String payer) {
        return reads.query(LAST_MINUTE, Tuple.of(payer)).map(rows -> rows.iterator().next().getLong("begun"));
    }

    /** Writes down how a purchase stands, if it was begun here. */
    public Future<Void> note(String id, String status) {
        return reads.query(NOTE, Tuple.of(id, status)).mapEmpty();
    }

    /** What somebody has bought or tried to, the latest first; only those before {@code before} and {@code beforeId}. */
    public Future<List<Line>> page(String payer, @Nullable Instant before, @Nullable String beforeId, int limit) {
        return reads.query(PAGE, Tuple.of(payer, Reports.time(before), beforeId, limit)).map(Purchases::lines);
    }

    public Future<Optional<Line>> find(String payer, String id) {
        return reads.query(FIND, Tuple.of(payer, id)).map(rows -> lines(rows).stream().findFirst());
    }

    private static List<Line> lines(RowSet<Row> rows) {
        List<Line> lines = new ArrayList<>(rows.size());
        for (Row row : rows) {
            lines.add(new Line(new Purchase(row.getString("id"), row.getString("payer"), row.getString("wallet_id"),
                    row.getString("pack_id"), row.getLong("tokens"), row.getLong("bonus"), row.getLong("price"),
                    row.getString("currency"), row.getString("status")), Reports.instant(row, "created_at"),
                    row.getOffsetDateTime("credited_at") == null ? null : Reports.instant(row, "credited_at")));
        }
        return lines;
    }

    /**
     * A purchase.
     *
     * @param id the payment's, such as {@code pi_123}
     * @param payer who pays, and {@code walletId} who gets the tokens
     * @param status as Stripe has it
     */
    public record Purchase(String id, String payer, String walletId, String packId, long tokens, long bonus, long price,
            String currency, String status) {

        public static Purchase of(Order order, String id, String status) {
            Pack pack = order.pack();
            return new Purchase(id, order.payer(), order.walletId(), pack.id(), pack.tokens(), pack.bonus(),
                    pack.price(), pack.currency(), status);
        }
    }

    /** A purchase and what became of it; {@code creditedAt} is null as long as no tokens were brought in. */
    public record Line(Purchase purchase, Instant createdAt, @Nullable Instant creditedAt) {
    }
}
