package dev.purser.journal;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/** What payment providers have told, kept before anything is done about it. */
public final class WebhookEvents {

    private static final String KEEP = """
            insert into webhook_events as e (provider, event_id, type, payload)
            values ($1, $2, $3, $4)
            on conflict (provider, event_id) do update set attempts = e.attempts + 1
            returning outcome""";

    /** What is done stands; only what is parked may come to something else yet. */
    private static final String DONE = """
            update webhook_events
               set processed_at = now(), outcome = $3, reason = $4
             where provider = $1 and event_id = $2 and (outcome is null or outcome = 'parked')""";

    private final Reads reads;

    public WebhookEvents(Reads reads) {
        this.reads = reads;
    }

    /** Keeps an event; one that is kept already is counted. Answers, once that is durable, what came of it, if it is known. */
    public Future<Optional<String>> keep(String provider, String eventId, String type, String payload) {
        return reads.query(KEEP, Tuple.of(provider, eventId, type, payload))
                .map(rows -> Optional.ofNullable(rows.iterator().next().getString("outcome")));
    }

    /** Writes down what came of an event, and why if there is something to say. */
    public Future<Void> done(String provider, String eventId, String outcome, @Nullable String reason) {
        return reads.query(DONE, Tuple.of(provider, eventId, outcome, reason)).mapEmpty();
    }
}
