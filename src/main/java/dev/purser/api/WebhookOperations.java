package dev.purser.api;

import java.util.Map;

import dev.purser.journal.WebhookReports;
import dev.purser.journal.WebhookReports.EventLine;
import dev.purser.journal.WebhookReports.EventQuery;
import io.vertx.core.Future;

/** What payment providers have told, for an admin to see: above all what is parked. */
final class WebhookOperations {

    private final WebhookReports events;

    WebhookOperations(WebhookReports events) {
        this.events = events;
    }

    void bind(Map<String, ApiHandler> handlers) {
        handlers.put("listWebhooks", this::list);
    }

    private Future<Answer> list(Call call) {
        String outcome = call.parameters().optionalText("outcome");
        String filters = "webhooks " + outcome;
        return Pages.latestFirst(call, "events", filters,
                place -> events.page(new EventQuery(outcome, place.before(), place.beforeId(), place.limit())),
                line -> new Cursor.Moment(line.receivedAt(), line.id()), line -> out -> write(out, line));
    }

    private static void write(JsonOut out, EventLine line) {
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
