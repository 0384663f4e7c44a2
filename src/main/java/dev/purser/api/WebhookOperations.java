package dev.purser.api;

import java.util.List;
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
        String cursor = call.parameters().optionalText("cursor");
        Cursor.Moment after = cursor == null ? null : Cursor.moment(filters, cursor);
        if (cursor != null && after == null) {
            return Future.succeededFuture(Cursor.refused());
        }
        int limit = (int) call.parameters().integer("limit");
        EventQuery query = new EventQuery(outcome, after == null ? null : after.at(),
                after == null ? null : after.id(), limit + 1);
        return Tables.answer(events.page(query), found -> Answer.Json.ok(out -> {
            List<EventLine> page = Pages.first(found, limit);
            out.put("events", WalletJson.each(page, line -> of -> write(of, line)));
            out.put("next_cursor", page.size() == found.size()
                    ? null
                    : new Cursor.Moment(page.getLast().receivedAt(), page.getLast().id()).cursor(filters));
        }));
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
