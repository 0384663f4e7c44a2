package dev.purser.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/** What payment providers have told, and what came of it, for people to look at. */
public final class WebhookReports {

    private static final String COLUMNS = """
            select provider, event_id, type, received_at, attempts, processed_at, outcome, reason
              from webhook_events
            """;

    /** Each with an index of its own, since there are events of years. */
    private static final String PAGE = COLUMNS + """
            where $which(received_at, event_id) < (coalesce($1::timestamptz, 'infinity'), $2::text)
            order by received_at desc, event_id desc
            limit $3""";

    static final String PAGE_OF_ALL = PAGE.replace("$which", "");
    static final String PAGE_OF_ONE_OUTCOME = PAGE.replace("$which", "outcome = $4 and ");

    /** Those that say so, and those that are about a payment of which it is known. */
    private static final String OF_WALLET = COLUMNS + """
            where (provider, event_id) in (
                      (select provider, event_id from webhook_events where wallet_id = $1
                        order by received_at desc limit $2)
                      union
                      select e.provider, e.event_id
                        from payments p join webhook_events e on e.payment_intent_id = p.payment_intent_id
                       where p.wallet_id = $1)
            order by received_at desc, event_id desc
            limit $2""";

    private static final String REPLAYED = """
            insert into audit (wallet_id, op_id, action, subject, reason, amount, created_at)
            select coalesce(e.wallet_id, p.wallet_id, ''), $2, 'replay_webhook', $3, $4, 0, now()
              from (select $1::text as id) asked
              left join webhook_events e on e.provider = 'stripe' and e.event_id = asked.id
              left join payments p on p.payment_intent_id = e.payment_intent_id""";

    private final Reads reads;

    WebhookReports(Reads reads) {
        this.reads = reads;
    }

    /** Events, the latest first. */
    public Future<List<EventLine>> page(EventQuery query) {
        String beforeId = query.beforeId() == null ? "" : query.beforeId();
        Tuple values = Tuple.of(Reports.time(query.before()), beforeId, query.limit());
        return reads.query(query.outcome() == null ? PAGE_OF_ALL : PAGE_OF_ONE_OUTCOME,
                query.outcome() == null ? values : values.addString(query.outcome())).map(WebhookReports::lines);
    }

    /** The latest events that concern a wallet. */
    Future<List<EventLine>> of(String walletId, int limit) {
        return reads.query(OF_WALLET, Tuple.of(walletId, limit)).map(WebhookReports::lines);
    }

    /** Writes into the audit trail that somebody had an event looked at anew, and what came of it. */
    public Future<Void> replayed(String eventId, String operationId, String subject, String outcome) {
        return reads.query(REPLAYED, Tuple.of(eventId, operationId, subject, eventId + ": " + outcome)).mapEmpty();
    }

    private static List<EventLine> lines(RowSet<Row> rows) {
        List<EventLine> lines = new ArrayList<>(rows.size());
        for (Row row : rows) {
            lines.add(new EventLine(row.getString("provider"), row.getString("event_id"), row.getString("type"),
                    Reports.instant(row, "received_at"), row.getInteger("attempts"),
                    row.getOffsetDateTime("processed_at") == null ? null : Reports.instant(row, "processed_at"),
                    row.getString("outcome"), row.getString("reason")));
        }
        return lines;
    }

    /**
     * Which events are wanted.
     *
     * @param outcome only those of which this came; null for all
     * @param before only those older than this and {@code beforeId}: where the page before ended
     */
    public record EventQuery(@Nullable String outcome, @Nullable Instant before, @Nullable String beforeId,
            int limit) {
    }

    /**
     * An event.
     *
     * @param attempts how often it came
     * @param outcome null while it is not known
     * @param reason why it is parked
     */
    public record EventLine(String provider, String id, String type, Instant receivedAt, int attempts,
            @Nullable Instant processedAt, @Nullable String outcome, @Nullable String reason) {
    }
}
