package dev.purser.journal;

import java.util.ArrayList;
import java.util.List;

import dev.purser.wallet.Payout;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** Payouts that a payment provider sends. That one is approved, and whom it goes to, its hold says; here is what came of it. */
public final class PayoutTransfers {

    /** Marks each as tried, so that it comes again only after a while; longer each time. */
    private static final String TAKE = """
            with due as (
                select h.id, h.wallet_id, h.details, h.updated_at
                  from holds h
                  left join payout_transfers t on t.payout_id = h.id
                 where h.use = 'payout' and h.state = 'settled' and h.details ->> 'note' like 'stripe:%' and t.sent_at is null
                   and (t.payout_id is null
                        or t.tried_at < now() - least(t.attempts * interval '1 minute', interval '6 hours'))
                 order by h.updated_at
                 limit $1
            ), tried as (
                insert into payout_transfers as t (payout_id, wallet_id, attempts)
                select id, wallet_id, 1 from due
                on conflict (payout_id) do update set attempts = t.attempts + 1, tried_at = now()
                returning payout_id, attempts, refusals
            )
            select due.id, due.wallet_id, due.details, tried.attempts, tried.refusals
              from due join tried on tried.payout_id = due.id
             order by due.updated_at""";

    private static final String SENT = """
            update payout_transfers
               set transfer_id = $2, sent_at = now(), reason = null
             where payout_id = $1 and sent_at is null""";

    private static final String REFUSED = """
            update payout_transfers
               set refusals = refusals + 1, reason = $2
             where payout_id = $1 and sent_at is null""";

    private final Reads reads;

    public PayoutTransfers(Reads reads) {
        this.reads = reads;
    }

    /** Takes payouts that are to be sent, to be tried once each. */
    public Future<List<Due>> take(int limit) {
        return reads.query(TAKE, Tuple.of(limit)).map(rows -> {
            List<Due> due = new ArrayList<>(rows.size());
            for (Row row : rows) {
                Payout payout = (Payout) HoldUseJson.read("payout", (JsonObject) row.getJson("details"));
                String account = String.valueOf(payout == null ? null : payout.stripeAccount());
                due.add(new Due(row.getString("id"), row.getString("wallet_id"), account,
                        payout == null ? 0 : payout.cents(), row.getInteger("attempts"), row.getInteger("refusals")));
            }
            return due;
        });
    }

    public Future<Void> sent(String payoutId, String transferId) {
        return reads.query(SENT, Tuple.of(payoutId, transferId)).mapEmpty();
    }

    /** The provider surely has not sent it. */
    public Future<Void> refused(String payoutId, String reason) {
        return reads.query(REFUSED, Tuple.of(payoutId, reason)).mapEmpty();
    }

    /**
     * A payout that is to be sent.
     *
     * @param account whom it goes to, as the provider calls them
     * @param attempts which attempt this is, counted from 1
     * @param refusals how many were refused
     */
    public record Due(String payoutId, String walletId, String account, long cents, int attempts, int refusals) {
    }
}
