package dev.purser.journal;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** What was ordered and is asked of the payment provider, within the bounds of what one payer may have. */
public final class Orders {

    /** In the database, since it takes a lock first; see the migration. */
    private static final String PLACE = "select * from place_order($1, $2, $3, $4, $5, $6)";

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
            return new Placed.Before(row.getString("purchase"), row.getBoolean("is_old"));
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
