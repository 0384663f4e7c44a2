package dev.purser.journal;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.purser.journal.MoneyBack.Dispute;
import dev.purser.journal.MoneyBack.Refund;
import dev.purser.journal.MoneyBack.RefundedSoFar;
import dev.purser.wallet.TakenBack;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/**
 * What providers have told of money that went back, and what was taken back of its payments' tokens. Whatever order it is
 * told in, and however often: the tables come to hold the same.
 */
public final class Reversals {

    /** A refund that has failed stays so; since when is counted from when that was told first. */
    private static final String REFUND = """
            insert into refunds as r (id, payment_intent_id, amount, currency, state, told_at)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (id) do update
               set state = excluded.state,
                   told_at = case when r.state = 'failed' then least(r.told_at, excluded.told_at) else excluded.told_at end
             where excluded.state = 'failed'""";

    private static final String REFUNDED_SO_FAR = """
            insert into refund_totals as t (payment_intent_id, amount, currency, told_at)
            values ($1, $2, $3, $4)
            on conflict (payment_intent_id) do update
               set amount = excluded.amount, currency = excluded.currency, told_at = excluded.told_at
             where (excluded.told_at, excluded.amount) > (t.told_at, t.amount)""";

    private static final String DISPUTE = """
            insert into disputes as d (id, payment_intent_id, amount, currency, state, told_at)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (id) do update
               set amount = excluded.amount, state = excluded.state, told_at = excluded.told_at
             where (excluded.told_at, array_position($states, excluded.state))
                   > (d.told_at, array_position($states, d.state))"""
            .replace("$states", "array['open', 'withdrawn', 'lost', 'ended']");

    /** How a payment {@code p} stands, told {@code t} to be refunded so far; $1 is its id. */
    static final String COLUMNS = """
            p.wallet_id, p.tokens + p.bonus as bought, p.price, p.currency, p.reversal_step, p.refunded, p.disputed,
                   p.frozen, p.reversed_lots, p.forgiven, $count + 1 as next_step,
                   coalesce((select sum(amount) from refunds r
                              where r.payment_intent_id = $1 and r.state = 'active'), 0)::int8 as refunds,
                   coalesce(t.amount, 0) as refunded_so_far,
                   coalesce((select sum(amount) from refunds r
                              where r.payment_intent_id = $1 and r.state = 'failed'
                                and r.told_at >= t.told_at), 0)::int8 as failed_since,
                   coalesce((select sum(amount) from disputes d
                              where d.payment_intent_id = $1 and d.state in ('withdrawn', 'lost')), 0)::int8 as charged_back,
                   coalesce((select sum(amount) from disputes d
                              where d.payment_intent_id = $1 and d.state = 'open'), 0)::int8 as open,
                   (select count(*) from (
                       select currency from refunds where payment_intent_id = $1
                       union all select currency from disputes where payment_intent_id = $1
                       union all select t.currency where t.currency is not null) o
                     where o.currency <> p.currency) as others"""
            .replace("$count", count("p"));

    private static final String LOOK = "update payments p set last_look = " + count("p") + """
            + 1 where payment_intent_id = $1""";

    private static final String STANDING = "select " + COLUMNS + """

             from payments p
             left join refund_totals t on t.payment_intent_id = p.payment_intent_id
            where p.payment_intent_id = $1""";

    private static final String WARNED = """
            insert into fraud_warnings (event_id, payment_intent_id) values ($1, $2) on conflict (event_id) do nothing""";

    private static final String WARNINGS = "select event_id from fraud_warnings where payment_intent_id = $1 order by event_id";

    private final Reads reads;

    public Reversals(Reads reads) {
        this.reads = reads;
    }

    /** Writes down what was told. */
    public Future<Void> note(MoneyBack told) {
        return (switch (told) {
            case Refund refund -> reads.query(REFUND,
                    Tuple.of(refund.id(), refund.paymentId(), refund.amount(), refund.currency(),
                            refund.failed() ? "failed" : "active", refund.toldAt().atOffset(ZoneOffset.UTC)));
            case RefundedSoFar total -> reads.query(REFUNDED_SO_FAR, Tuple.of(total.paymentId(), total.amount(),
                    total.currency(), total.toldAt().atOffset(ZoneOffset.UTC)));
            case Dispute dispute -> reads.query(DISPUTE,
                    Tuple.of(dispute.id(), dispute.paymentId(), dispute.amount(), dispute.currency(),
                            dispute.state().name().toLowerCase(Locale.ROOT),
                            dispute.toldAt().atOffset(ZoneOffset.UTC)));
        }).mapEmpty();
    }

    /** The number of the last step that was taken, or of the last look: they are numbered together. */
    static String count(String payment) {
        return "greatest(%1$s.reversal_step, %1$s.last_look)".formatted(payment);
    }

    /**
     * Lets whatever others have decided on before come to nothing: they may know less of the payment's money than is known
     * now, and nobody might look after them. To be done before {@link #of}, as a statement of its own, so that what is read
     * then is no older. Answers whether there is such a payment.
     */
    public Future<Boolean> look(String paymentId) {
        return reads.query(LOOK, Tuple.of(paymentId)).map(rows -> rows.rowCount() > 0);
    }

    /** How a payment stands; empty while none by that id was credited. */
    public Future<Optional<Standing>> of(String paymentId) {
        return reads.query(STANDING, Tuple.of(paymentId)).map(rows -> rows.size() == 0
                ? Optional.empty()
                : Optional.of(standing(paymentId, rows.iterator().next())));
    }

    /** Writes down that an event warns of a payment. */
    public Future<Void> warned(String eventId, String paymentId) {
        return reads.query(WARNED, Tuple.of(eventId, paymentId)).mapEmpty();
    }

    /** The events that warned of a payment. */
    public Future<List<String>> warnings(String paymentId) {
        return reads.query(WARNINGS, Tuple.of(paymentId)).map(rows -> {
            List<String> eventIds = new ArrayList<>(rows.size());
            rows.forEach(row -> eventIds.add(row.getString("event_id")));
            return eventIds;
        });
    }

    static Standing standing(String paymentId, Row row) {
        return new Standing(paymentId, row.getString("wallet_id"), row.getLong("bought"), row.getLong("price"),
                row.getString("currency"),
                new TakenBack(row.getInteger("reversal_step"), row.getLong("refunded"), row.getLong("disputed"),
                        row.getLong("frozen"), StateJson.lots((JsonArray) row.getJson("reversed_lots")),
                        row.getLong("forgiven")),
                row.getLong("refunds"), row.getLong("refunded_so_far") - row.getLong("failed_since"),
                row.getLong("charged_back"), row.getLong("open"), row.getLong("others") > 0,
                row.getInteger("next_step"));
    }

    /**
     * A payment, what of its tokens was taken back, and what is known of its money.
     *
     * @param bought its tokens, with what came on top
     * @param refunds the sum of the refunds that were told of one by one
     * @param refundedInAll what was told to be refunded in all
     * @param chargedBack what disputes have taken, and {@code disputed} what others may take yet
     * @param otherCurrencies whether something was told in another currency than the payment's
     * @param nextStep the number that the next step has to have, as long as nobody takes one, or {@link #look}s, before
     */
    public record Standing(String paymentId, String walletId, long bought, long price, String currency,
            TakenBack takenBack, long refunds, long refundedInAll, long chargedBack, long disputed,
            boolean otherCurrencies, int nextStep) {
    }
}
