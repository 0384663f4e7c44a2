package dev.purser.journal;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** What was ordered and is asked of the payment provider, within the bounds of what one payer may have. */
public final class Orders {

    /**
     * What is under way counts for a minute, what it became from then on. A payment that nobody goes on with stays open at the
     * provider's, so that counts for a day only.
     */
    private static final String PLACE = """
            with known as (
                select purchase_id, ordered_at < now() - interval '23 hours' as old from orders where id = $1
            ), under_way as (
                select count(*) as n from orders
                 where payer = $2 and purchase_id is null and ordered_at > now() - interval '1 minute'
            ), begun as (
                select count(*) as n from purchases where payer = $2 and created_at > now() - interval '1 minute'
            ), unfinished as (
                select count(*) as n from purchases p
                 where p.payer = $2 and p.created_at > now() - interval '1 day'
                   and p.status not in ('requires_payment_method', 'failed', 'canceled', 'expired')
                   and not exists (select from payments c
                                    where c.payment_intent_id = coalesce(p.payment_intent_id, p.id))
            ), cooling as (
                select ceil(extract(epoch from declined_at + make_interval(secs => $6) - now()))::bigint as seconds
                  from declines
                 where payer = $2
                 order by declined_at desc
                offset $5::bigint - 1 limit 1
            ), judged as (
                select exists (select from known) as repeated,
                       (select purchase_id from known) as purchase_id,
                       coalesce((select old from known), false) as old,
                       (select n from under_way) + (select n from begun) >= $3::bigint as many,
                       (select n from under_way) + (select n from unfinished) >= $4::bigint as many_open,
                       coalesce((select seconds from cooling), 0) as seconds
            ), placed as (
                insert into orders (id, payer)
                select $1, $2 from judged where not (repeated or many or many_open or seconds > 0)
                on conflict (id) do nothing
            )
            select * from judged""";

    private static final String WITHDRAW = "delete from orders where id = $1 and purchase_id is null";

    private final Reads reads;

    Orders(Reads reads) {
        this.reads = reads;
    }

    /** Places an order, unless it was placed before or a bound does not let it in. */
    public Future<Placed> place(String id, String payer, Limits limits) {
        return reads.query(PLACE, Tuple.tuple().addString(id).addString(payer).addLong((long) limits.aMinute())
                .addLong((long) limits.open()).addLong((long) limits.declines())
                .addDouble(limits.coolDown().toMillis() / 1_000.0)).map(rows -> placed(rows.iterator().next()));
    }

    private static Placed placed(Row row) {
        if (row.getBoolean("repeated")) {
            return new Placed.Before(row.getString("purchase_id"), row.getBoolean("old"));
        }
        if (row.getLong("seconds") > 0) {
            return new Placed.CoolingDown(row.getLong("seconds"));
        }
        if (row.getBoolean("many")) {
            return new Placed.TooMany();
        }
        return row.getBoolean("many_open") ? new Placed.TooManyOpen() : new Placed.New();
    }

    /** Takes back an order of which surely nothing came. */
    public Future<Void> withdraw(String id) {
        return reads.query(WITHDRAW, Tuple.of(id)).mapEmpty();
    }

    /**
     * How much one payer may buy.
     *
     * @param aMinute how many purchases may be begun in a minute
     * @param open how many may be neither credited nor over
     * @param declines after how many declined payments in {@code coolDown} nothing is begun until that is over
     */
    public record Limits(int aMinute, int open, int declines, Duration coolDown) {
    }

    /** What became of placing an order. */
    public sealed interface Placed {

        record New() implements Placed {
        }

        /**
         * It was placed before.
         *
         * @param purchaseId what it became, if that is known
         * @param old whether it is so long ago that the provider may have forgotten
         */
        record Before(@Nullable String purchaseId, boolean old) implements Placed {
        }

        record TooMany() implements Placed {
        }

        record TooManyOpen() implements Placed {
        }

        record CoolingDown(long seconds) implements Placed {
        }
    }
}
