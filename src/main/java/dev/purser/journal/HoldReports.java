package dev.purser.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Hold;
import dev.purser.wallet.HoldState;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** What became of holds, and of the calls and payouts that they are part of, from the table. */
public final class HoldReports {

    private static final String COLUMNS = """
            select wallet_id, id, purpose, lots, expires_at, guarded, state, use, details, created_at, updated_at
              from holds
            """;

    private static final String ONE = COLUMNS + " where wallet_id = $1 and id = $2";

    private static final String CALL = COLUMNS + " where use = 'call' and id = $1";

    private static final String PAYOUTS = """
            select h.wallet_id, h.id, h.purpose, h.lots, h.expires_at, h.guarded, h.state, h.use, h.details, h.created_at,
                   h.updated_at, t.payout_id, t.transfer_id, t.reason, t.sent_at
              from holds h
              left join payout_transfers t on t.payout_id = h.id
             where h.use = 'payout'
               and ($1::text is null or h.wallet_id = $1)
               and ($2::text is null or h.state = $2)
               and ($3::timestamptz is null or (h.created_at, h.id) < ($3, $4))
             order by h.created_at desc, h.id desc
             limit $5""";

    private final Reads reads;

    HoldReports(Reads reads) {
        this.reads = reads;
    }

    /** A hold of a wallet, if there ever was one by that id. */
    public Future<Optional<HoldLine>> find(String walletId, String holdId) {
        return reads.query(ONE, Tuple.of(walletId, holdId)).map(HoldReports::first);
    }

    /** The hold of a call, whoever pays for that. */
    public Future<Optional<HoldLine>> call(String callId) {
        return reads.query(CALL, Tuple.of(callId)).map(HoldReports::first);
    }

    /** Holds of payouts, the latest first. */
    public Future<List<HoldLine>> payouts(PayoutQuery query) {
        String state = query.state() == null ? null : query.state().text();
        Tuple values = Tuple.of(query.walletId(), state, Reports.time(query.before()), query.beforeId(), query.limit());
        return reads.query(PAYOUTS, values).map(rows -> {
            List<HoldLine> lines = new ArrayList<>(rows.size());
            for (Row row : rows) {
                lines.add(line(row, row.getString("payout_id") == null
                        ? null
                        : new Transfer(row.getString("transfer_id"), row.getString("reason"),
                                row.getOffsetDateTime("sent_at") == null ? null : Reports.instant(row, "sent_at"))));
            }
            return lines;
        });
    }

    private static Optional<HoldLine> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(line(rows.iterator().next(), null));
    }

    private static HoldLine line(Row row, @Nullable Transfer transfer) {
        Hold hold = new Hold(row.getString("id"), row.getString("purpose"), Reports.instant(row, "expires_at"),
                row.getBoolean("guarded"), StateJson.lots((JsonArray) row.getJson("lots")),
                HoldUseJson.read(row.getString("use"), (JsonObject) row.getJson("details")));
        return new HoldLine(row.getString("wallet_id"), hold,
                HoldState.valueOf(Names.constant(row.getString("state"))), Reports.instant(row, "created_at"),
                Reports.instant(row, "updated_at"), transfer);
    }

    /**
     * Which payouts are wanted.
     *
     * @param before only those older than this and {@code beforeId}: where the page before ended
     */
    public record PayoutQuery(@Nullable String walletId, @Nullable HoldState state, @Nullable Instant before,
            @Nullable String beforeId, int limit) {
    }

    /**
     * A hold as it is stored, or was when it ended.
     *
     * @param transfer how a payout is sent, if a payment provider does that and was asked to
     */
    public record HoldLine(String walletId, Hold hold, HoldState state, Instant createdAt, Instant updatedAt,
            @Nullable Transfer transfer) {
    }

    /**
     * How a payout is sent.
     *
     * @param reason why the provider refused, the last time
     */
    public record Transfer(@Nullable String id, @Nullable String reason, @Nullable Instant sentAt) {
    }
}
