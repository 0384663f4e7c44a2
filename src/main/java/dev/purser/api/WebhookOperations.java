package dev.purser.api;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.journal.WebhookReports;
import dev.purser.journal.WebhookReports.EventLine;
import dev.purser.journal.WebhookReports.EventQuery;
import dev.purser.lane.Ids;
import io.vertx.core.Future;

/** What payment providers have told, for an admin to see: above all what is parked. */
final class WebhookOperations {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookOperations.class);
    private static final int RETRY_AFTER_SECONDS = 2;

    private final WebhookReports events;

    private final Function<String, Future<Optional<String>>> replay;

    WebhookOperations(WebhookReports events, Function<String, Future<Optional<String>>> replay) {
        this.events = events;
        this.replay = replay;
    }

    void bind(Map<String, ApiHandler> handlers) {
        handlers.put("listWebhooks", this::list);
        handlers.put("replayWebhook", this::replay);
    }

    private Future<Answer> list(Call call) {
        String outcome = call.parameters().optionalText("outcome");
        String filters = "webhooks " + outcome;
        return Pages.latestFirst(call, "events", filters,
                place -> events.page(new EventQuery(outcome, place.before(), place.beforeId(), place.limit())),
                line -> new Cursor.Moment(line.receivedAt(), line.id()), line -> out -> write(out, line));
    }

    /** To carry an event out again does no harm: whatever it means is known by more than its id. */
    private Future<Answer> replay(Call call) {
        String id = call.parameters().text("event_id");
        return Tables.found(replay.apply(id), found -> found.map(outcome -> replayed(call, id, outcome))
                .orElseGet(() -> Future.succeededFuture(Problem.of(ProblemCode.EVENT_NOT_FOUND,
                        "Expected an event that was kept, but there is none with the id " + id))));
    }

    private Future<Answer> replayed(Call call, String id, String outcome) {
        String subject = call.caller().subject();
        LOG.info("{} had event {} looked at anew: {}", subject, id, outcome);
        return outcome.equals("failed")
                ? Future.succeededFuture(Outcomes.unavailable("not_carried_out", RETRY_AFTER_SECONDS))
                : Tables.answer(events.replayed(id, Ids.next(), subject, outcome).map(outcome),
                        _ -> Answer.Json.ok(out -> {
                            out.put("success", !outcome.equals("parked"));
                            out.put("outcome", outcome);
                        }));
    }

    static void write(JsonOut out, EventLine line) throws IOException {
        out.put("provider", line.provider());
        out.put("id", line.id());
        out.put("type", line.type());
        out.put("received_at", line.receivedAt());
        out.put("attempts", line.attempts());
        if (line.processedAt() != null) {
            out.put("processed_at", line.processedAt());
        }
        out.putIfAny("outcome", line.outcome());
        out.putIfAny("reason", line.reason());
    }
}
