package dev.purser.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
            with ordered as (
                update orders set purchase_id = $1 where id = $10
            ), declined as (
                insert into declines (payment_id, payer) select $1, $2 where $9 = 'requires_payment_method'
                on conflict (payment_id) do nothing
            )
            insert into purchases (id, payer, wallet_id, pack_id, tokens, bonus, price, currency, status, pending)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9,
                    not exists (select from payments where payment_intent_id = $1))
            on conflict (id) do nothing""";

    /** Events come in any order: what is over stays so, and the latest of the rest counts. */
    private static final String NOTE = """
            with before as (select status from purchases where id = $1)
            update purchases p
               set status = $2, noted_at = $3, pending = pending and $2 <> 'canceled', updated_at = now()
              from before b
             where p.id = $1 and p.status not in ('succeeded', 'canceled')
               and ($2 = 'canceled' or p.noted_at is null or p.noted_at <= $3)
            returning b.status <> $2 as changed""";

    private static final String CREDITED = """
            update purchases
               set status = 'succeeded', pending = false, updated_at = now()
             where id = $1 or payment_intent_id = $1""";

    /** Less and less often, and no more once a provider has forgotten what it had to tell. */
    private static final String PENDING = """
            select id
              from purchases
             where pending and created_at > now() - interval '30 days'
               and looked_at < now() - greatest(make_interval(secs => $1), (now() - created_at) / 4)
             order by looked_at
             limit $2""";

    private static final String LOOKED = "update purchases set looked_at = now() where id = $1";

    private static final String DECLINED = """
            insert into declines (payment_id, payer) values ($1, $2) on conflict (payment_id) do nothing""";

    /** A later state wins over an earlier one, so that it comes to the same in whatever order they are told. */
    private static final String NOTE_CHECKOUT = """
            with rank as (select array['open', 'expired', 'processing', 'failed', 'succeeded'] as states)
            update purchases p
               set status = case when array_position(states, p.status) < array_position(states, $2) then $2
                                 else p.status end,
                   pending = p.pending and $2 not in ('expired', 'failed'),
                   payment_intent_id = coalesce(p.payment_intent_id, $3::text), updated_at = now()
              from rank
             where p.id = $1 and (array_position(states, p.status) < array_position(states, $2)
                                  or p.payment_intent_id is null and $3::text is not null)
            returning p.status = $2 as changed""";

    /** What was credited is a purchase too if the provider's answer to its beginning was lost, and it was not asked again. */
    private static final String COLUMNS = """
            select p.id, p.payer, p.wallet_id, p.pack_id, p.tokens, p.bonus, p.price, p.currency, p.status, p.created_at,
                   p.payment_intent_id, c.created_at as credited_at,
                   coalesce(c.refunded + c.disputed, 0) as taken_back
              from (select id, payer, wallet_id, pack_id, tokens, bonus, price, currency, status, created_at,
                           payment_intent_id
                      from purchases
                    union all
                    select payment_intent_id, coalesce(payer, wallet_id), wallet_id, pack_id, tokens, bonus, price,
                           currency, 'succeeded', created_at, null
                      from payments unheard
                     where not exists (select from purchases where id = unheard.payment_intent_id)
                       and not exists (select from purchases where payment_intent_id = unheard.payment_intent_id)) p
              left join payments c on c.payment_intent_id = coalesce(p.payment_intent_id, p.id)
            """;

    private static final String PAGE = COLUMNS + """
            where p.payer = $1 and ($2::timestamptz is null or (p.created_at, p.id) < ($2, $3))
            order by p.created_at desc, p.id desc
            limit $4""";

    private static final String FIND = COLUMNS + " where p.payer = $1 and p.id = $2";

    private final Reads reads;
    private final Orders orders;

    public Purchases(Reads reads) {
        this.reads = reads;
        this.orders = new Orders(reads);
    }

    public Orders orders() {
        return orders;
    }

    /** Writes down that an order has become a purchase; one that is there already stays as it is. */
    public Future<Void> begun(Purchase purchase, String orderId) {
        return reads.query(BEGUN, Tuple.tuple().addString(purchase.id()).addString(purchase.payer())
                .addString(purchase.walletId()).addString(purchase.packId()).addLong(purchase.tokens())
                .addLong(purchase.bonus()).addLong(purchase.price()).addString(purchase.currency())
                .addString(purchase.status()).addString(orderId)).mapEmpty();
    }

    /** Writes down how a purchase stood at a time, if it was begun here. Answers whether that is new. */
    public Future<Boolean> note(String id, String status, Instant at) {
        return reads.query(NOTE, Tuple.of(id, status, at.atOffset(ZoneOffset.UTC))).map(Purchases::isChanged);
    }

    /** Writes down that a payment was credited, be it of a purchase that was begun here or of a checkout's. */
    public Future<Void> credited(String paymentId) {
        return reads.query(CREDITED, Tuple.of(paymentId)).mapEmpty();
    }

    /** Purchases whose end is not known, and that were not looked up for so long; the longest ago first. */
    public Future<List<String>> pending(Duration age, int limit) {
        return reads.query(PENDING, Tuple.of(age.toMillis() / 1e3, limit)).map(rows -> {
            List<String> ids = new ArrayList<>(rows.size());
            rows.forEach(row -> ids.add(row.getString("id")));
            return ids;
        });
    }

    /** Writes down that a purchase was looked up. */
    public Future<Void> looked(String id) {
        return reads.query(LOOKED, Tuple.of(id)).mapEmpty();
    }

    /**
     * Writes down how a checkout stands, if it was begun here: open, expired, processing, failed or succeeded. Answers whether
     * that is new.
     *
     * @param paymentId the payment that it is paid by, if it is known
     */
    public Future<Boolean> noteCheckout(String id, String status, @Nullable String paymentId) {
        return reads.query(NOTE_CHECKOUT, Tuple.of(id, status, paymentId))
                .map(Purchases::isChanged);
    }

    private static boolean isChanged(RowSet<Row> rows) {
        return rows.size() > 0 && rows.iterator().next().getBoolean("changed");
    }

    /** Writes down that a payment of somebody's was declined; once, however often it is told. */
    public Future<Void> declined(String paymentId, String payer) {
        return reads.query(DECLINED, Tuple.of(paymentId, payer)).mapEmpty();
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
                    row.getString("currency"), row.getString("status")), row.getString("payment_intent_id"),
                    Reports.instant(row, "created_at"),
                    row.getOffsetDateTime("credited_at") == null ? null : Reports.instant(row, "credited_at"),
                    row.getLong("taken_back")));
        }
        return lines;
    }

    /**
     * A purchase.
     *
     * @param id the payment's, such as {@code pi_123}, or for a checkout the page's, such as {@code cs_123}
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

    /**
     * A purchase and what became of it.
     *
     * @param paymentId what a checkout is paid by, once that is known
     * @param creditedAt null as long as no tokens were brought in
     * @param takenBack how many of them were taken back since their money went back
     */
    public record Line(Purchase purchase, @Nullable String paymentId, Instant createdAt,
            @Nullable Instant creditedAt, long takenBack) {
    }
}
