package dev.purser.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.GivenOn;
import dev.purser.wallet.Recovered;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** What wallets have given on whose payments went back, or may, and what was done about it. */
public final class GivenOnTable {

    /** More are looked for when these are done with. */
    private static final int AT_ONCE = 100;

    /** The longest that a dispute takes; what is undecided for longer is let go, as it is at the giver's. */
    private static final String LONGEST = "400 days";

    private static final String GIVER = """
            select wallet_id from payments p
             where payment_intent_id = $1 and reversal_step > 0
               and ($2 or exists (select from given_on g where g.giver = p.wallet_id))""";

    /** Whoever is told of them looks at them. They are locked in the order in which batches lock them. */
    private static final String CONCERNED = """
            with concerned as (
                select payment_intent_id as id from payments p
                 where wallet_id = $1 and reversal_step > 0
                   and ($2 and (frozen > 0 or refunded + disputed - forgiven > $lots)
                        or exists (select from given_on g
                                    where g.payment_intent_id = p.payment_intent_id and g.aside + g.taken > 0))
                 order by payment_intent_id
                   for no key update
            ), looked_at as (
                update payments p set last_look = $count + 1
                  from concerned
                 where p.payment_intent_id = concerned.id
                returning p.payment_intent_id, p.created_at
            )
            select payment_intent_id from looked_at order by created_at, payment_intent_id"""
            .replace("$lots", lotsOf("p")).replace("$count", Reversals.count("p"));

    /** The number of steps comes with what it is read with, and before the gifts: so nobody can act on less than it counts. */
    private static final String STANDING = ("select " + Reversals.COLUMNS + """
            ,
                   coalesce((select max(step) from given_on_steps s where s.giver = p.wallet_id), 0) as steps,
                   coalesce(w.debt, 0) as debt,
                   coalesce((select sum(greatest(0, q.refunded + q.disputed - q.forgiven - $lots))
                               from payments q
                              where q.wallet_id = p.wallet_id
                                and (q.created_at, q.payment_intent_id) > (p.created_at, p.payment_intent_id)), 0)::int8
                       as later_debts,
                   coalesce((select h.amount from holds h
                              where h.wallet_id = p.wallet_id and h.state = 'open'
                                and h.id = 'dispute-' || p.payment_intent_id || '-' || p.reversal_step), 0) as aside,
                   coalesce((select sum(amount) from disputes d
                              where d.payment_intent_id = $1 and d.state = 'lost'), 0)::int8 as lost,
                   coalesce(p.reversed_at > now() - interval '$longest', false) as undecided
              from payments p
              left join wallets w on w.id = p.wallet_id
              left join refund_totals t on t.payment_intent_id = p.payment_intent_id
             where p.payment_intent_id = $1""").replace("$longest", LONGEST).replace("$lots", lotsOf("q"));

    /** Those that something was done about, and those that have not been looked for and are young enough, the latest first. */
    private static final String GIFTS = """
            with recursive sent as (
                   select e.*, w.reversed_at, w.since
                     from (select wallet_id, reversed_at, last_sent,
                                  greatest(p.created_at, reversed_at - $2::int8 * interval '1 millisecond') as since
                             from payments p
                             join wallets on id = wallet_id
                            where payment_intent_id = $1) w
                     join entries e on e.wallet_id = w.wallet_id and e.seq = w.last_sent and e.created_at >= w.since
                    union all
                   select e.*, s.reversed_at, s.since
                     from sent s
                     join entries e on e.wallet_id = s.wallet_id and e.seq = s.sent_before and e.created_at >= s.since)
            select g.*, t.channel, t.message, t.id is not null as in_post,
                   coalesce((select sum(o.aside + o.taken) from given_on o
                              where o.transfer_id = g.transfer_id and o.payment_intent_id <> $1), 0)::int8 as others
              from (
                   select transfer_id, kind, giver, recipient, amount, place, step, room, aside, taken
                     from given_on
                    where payment_intent_id = $1
                   union all
                   (select e.transfer_id, e.kind, e.wallet_id, e.related_wallet, -e.amount, e.seq, 0, -e.amount, 0, 0
                      from sent e
                     where e.created_at <= e.reversed_at
                       and not exists (select from given_on o
                                        where o.payment_intent_id = $1 and o.transfer_id = e.transfer_id)
                       and not exists (select from transfers b
                                        where b.to_wallet = e.related_wallet and b.id = e.transfer_id
                                          and b.parcel = split_part(e.transfer_id, '~', 1) and not b.in_post)
                     order by e.seq desc
                     limit $3)) g
              left join transfers t on t.to_wallet = g.recipient and t.parcel = split_part(g.transfer_id, '~', 1)
                                   and t.id = g.transfer_id and t.in_post
             order by g.place desc""";

    private static final String OPEN = """
            select distinct giver from given_on where aside > 0 and giver > $1 order by giver limit $2""";

    private final Reads reads;

    GivenOnTable(Reads reads) {
        this.reads = reads;
    }

    private static String lotsOf(String payment) {
        return "(select coalesce(sum((lot ->> 'amount')::int8), 0) from jsonb_array_elements(" + payment
                + ".reversed_lots) lot)";
    }

    /**
     * Whose payment it is, if anything of it was taken back, or may be.
     *
     * @param seeking false if it only matters when something was set aside before
     */
    public Future<Optional<String>> giver(String paymentId, boolean seeking) {
        return reads.query(GIVER, Tuple.of(paymentId, seeking)).map(rows -> rows.size() == 0
                ? Optional.empty()
                : Optional.of(rows.iterator().next().getString("wallet_id")));
    }

    /**
     * Looks ({@link Reversals#look}) at the payments of a giver about which there may be something to do, and answers which
     * they are: they share what it owes, and what it has given on.
     */
    public Future<List<String>> concerned(String giver, boolean seeking) {
        return reads.query(CONCERNED, Tuple.of(giver, seeking)).map(rows -> {
            List<String> payments = new ArrayList<>(rows.size());
            rows.forEach(row -> payments.add(row.getString("payment_intent_id")));
            return payments;
        });
    }

    /**
     * How a payment stands, with what was given on.
     *
     * @param age how long before its money went back something may have been given on; null if nothing more is sought
     */
    public Future<Optional<Account>> of(String paymentId, @Nullable Duration age) {
        return reads.query(STANDING, Tuple.of(paymentId)).compose(rows -> rows.size() == 0
                ? Future.succeededFuture(Optional.empty())
                : gifts(paymentId, age).map(gifts -> Optional.of(account(paymentId, rows.iterator().next(), gifts))));
    }

    private Future<List<Gift>> gifts(String paymentId, @Nullable Duration age) {
        Tuple values = Tuple.of(paymentId, age == null ? null : age.toMillis(), AT_ONCE);
        return reads.query(GIFTS, values).map(rows -> {
            List<Gift> gifts = new ArrayList<>(rows.size());
            for (Row row : rows) {
                gifts.add(gift(paymentId, row));
            }
            return gifts;
        });
    }

    private static Gift gift(String paymentId, Row row) {
        GivenOn gift = new GivenOn(paymentId, row.getString("transfer_id"),
                TransferKind.valueOf(Names.constant(row.getString("kind"))), row.getString("giver"),
                row.getString("recipient"), row.getLong("amount"), row.getLong("place"));
        return new Gift(new Recovered(gift, row.getInteger("step"), row.getLong("room"), row.getLong("aside"),
                row.getLong("taken")), row.getLong("others"),
                row.getBoolean("in_post")
                        ? new Transfer(gift.transferId(), gift.kind(), gift.from(), gift.to(), gift.amount(),
                                row.getString("channel"), row.getString("message"))
                        : null);
    }

    private static Account account(String paymentId, Row row, List<Gift> gifts) {
        return new Account(Reversals.standing(paymentId, row), row.getInteger("steps"), row.getLong("debt"),
                row.getLong("later_debts"), row.getLong("aside"), row.getLong("lost"), row.getBoolean("undecided"),
                gifts);
    }

    /** Those of whom something is set aside that they have given on, after {@code last}. */
    public Future<List<String>> givers(String last, int limit) {
        return reads.query(OPEN, Tuple.of(last, limit)).map(rows -> {
            List<String> givers = new ArrayList<>(rows.size());
            rows.forEach(row -> givers.add(row.getString("giver")));
            return givers;
        });
    }

    /**
     * All that is known of a payment and of what its wallet has given on.
     *
     * @param steps how many were done about what the wallet has given on
     * @param debt what the wallet owes, and {@code laterDebts} what of later payments became debt: what comes in repays the
     *            earlier ones first
     * @param aside what is set aside in the wallet itself
     * @param lost what of the money disputes have taken for good
     * @param undecided whether it is not yet given up to be decided
     * @param gifts the latest first
     */
    public record Account(Reversals.Standing payment, int steps, long debt, long laterDebts, long aside, long lost,
            boolean undecided, List<Gift> gifts) {
    }

    /**
     * Something that was given on.
     *
     * @param others what of it is set aside and taken for other payments
     * @param inPost the transfer itself, if it has not arrived yet
     */
    public record Gift(Recovered now, long others, @Nullable Transfer inPost) {
    }
}
