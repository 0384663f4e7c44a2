package dev.purser.journal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/** What payment providers have told, kept before anything is done about it. */
public final class WebhookEvents {

    private static final String KEEP = """
            insert into webhook_events as e (provider, event_id, type, payload, payment_intent_id, wallet_id)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (provider, event_id) do update set attempts = e.attempts + 1
            returning outcome""";

    /** What is done stands; only what is parked, or meant nothing so far, may come to something else yet. */
    private static final String DONE = """
            update webhook_events
               set processed_at = now(), outcome = $3, reason = $4
             where provider = $1 and event_id = $2 and (outcome is null or outcome in ('parked', 'ignored'))""";

    private static final String LEFT_OVER = """
            select payload
              from webhook_events
             where provider = $1 and processed_at is null and received_at < now() - make_interval(secs => $2)
             order by attempts, received_at, event_id
             limit $3""";

    private static final String SETTLED = """
            select event_id
              from webhook_events
             where provider = $1 and event_id = any($2) and processed_at is not null""";

    private static final String FIND = "select payload from webhook_events where provider = $1 and event_id = $2";

    private static final String HEARD_UNTIL = "select heard_until from webhook_marks where provider = $1";

    private static final String HEARD = """
            insert into webhook_marks as m (provider, heard_until)
            values ($1, $2)
            on conflict (provider) do update set heard_until = greatest(m.heard_until, excluded.heard_until)""";

    private final Reads reads;

    public WebhookEvents(Reads reads) {
        this.reads = reads;
    }

    /** Keeps an event; one that is kept already is counted. Answers, once that is durable, what came of it, if it is known. */
    public Future<Optional<String>> keep(String provider, Told told) {
        return reads.query(KEEP, Tuple.tuple().addString(provider).addString(told.eventId()).addString(told.type())
                .addString(told.payload()).addString(told.paymentId()).addString(told.walletId()))
                .map(rows -> Optional.ofNullable(rows.iterator().next().getString("outcome")));
    }

    /** What was kept for so long without anything having come of it, the least often tried first. */
    public Future<List<String>> leftOver(String provider, Duration age, int limit) {
        return reads.query(LEFT_OVER, Tuple.of(provider, age.toMillis() / 1e3, limit)).map(rows -> {
            List<String> payloads = new ArrayList<>(rows.size());
            rows.forEach(row -> payloads.add(row.getString("payload")));
            return payloads;
        });
    }

    /** Those of these events of which it is known what came of them. */
    public Future<Set<String>> settled(String provider, Collection<String> eventIds) {
        Tuple values = Tuple.tuple().addString(provider).addValue(eventIds.toArray(String[]::new));
        return reads.query(SETTLED, values).map(rows -> {
            Set<String> settled = new HashSet<>();
            rows.forEach(row -> settled.add(row.getString("event_id")));
            return settled;
        });
    }

    /** An event as it came, if it was kept. */
    public Future<Optional<String>> find(String provider, String eventId) {
        return reads.query(FIND, Tuple.of(provider, eventId)).map(rows -> rows.size() == 0
                ? Optional.empty()
                : Optional.of(rows.iterator().next().getString("payload")));
    }

    /** Until when all that a provider had to tell was heard, if it was ever asked. */
    public Future<Optional<Instant>> heardUntil(String provider) {
        return reads.query(HEARD_UNTIL, Tuple.of(provider)).map(rows -> rows.size() == 0
                ? Optional.empty()
                : Optional.of(Reports.instant(rows.iterator().next(), "heard_until")));
    }

    public Future<Void> heard(String provider, Instant until) {
        return reads.query(HEARD, Tuple.of(provider, until.atOffset(ZoneOffset.UTC))).mapEmpty();
    }

    /**
     * What a provider has told.
     *
     * @param payload as it came
     * @param paymentId the payment that it is about, and {@code walletId} the wallet that was written on that; null where it
     *            does not say so
     */
    public record Told(String eventId, String type, String payload, @Nullable String paymentId,
            @Nullable String walletId) {
    }

    /** Writes down what came of an event, and why if there is something to say. */
    public Future<Void> done(String provider, String eventId, String outcome, @Nullable String reason) {
        return reads.query(DONE, Tuple.of(provider, eventId, outcome, reason)).mapEmpty();
    }
}
