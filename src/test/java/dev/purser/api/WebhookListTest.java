package dev.purser.api;

import static dev.purser.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.vertx.core.json.JsonObject;

class WebhookListTest {

    @Test
    void shouldLookAnewAtAnEvent() {
        try (ApiFixture api = new ApiFixture()) {
            HttpResponse<String> credited = api.post("/admin/webhooks/evt_credited/replay", "ann", "admin", "");
            assertThat(credited.statusCode()).isEqualTo(200);
            assertThat(json(credited).getBoolean("success")).isTrue();
            assertThat(json(credited).getString("outcome")).isEqualTo("credited");
            assertThat(json(api.post("/admin/webhooks/evt_parked/replay", "ann", "admin", "")).getBoolean("success"))
                    .isFalse();
            assertThat(json(api.post("/admin/webhooks/evt_none/replay", "ann", "admin", "")).getString("code"))
                    .isEqualTo("event_not_found");
            HttpResponse<String> failed = api.post("/admin/webhooks/evt_failed/replay", "ann", "admin", "");
            assertThat(failed.statusCode()).isEqualTo(503);
            assertThat(json(failed).getBoolean("retryable")).isTrue();
            List<String> audited = json(api.get("/admin/audit", "boss", "admin")).getJsonArray("lines").stream()
                    .map(JsonObject.class::cast).map(line -> line.getString("subject") + " "
                            + line.getString("action") + " " + line.getString("reason"))
                    .toList();
            assertThat(audited).containsExactly("ann replay_webhook evt_parked: parked",
                    "ann replay_webhook evt_credited: credited");
        }
    }

    @Test
    void shouldShowWhatIsParkedPageByPage() {
        try (ApiFixture api = new ApiFixture()) {
            api.database.execute(
                    """
                            insert into webhook_events (provider, event_id, type, payload, processed_at, outcome, reason, received_at)
                            select 'stripe', 'evt_' || i, 'charge.refunded', '{}', now(),
                                   case when i % 2 = 0 then 'parked' else 'credited' end, case when i % 2 = 0 then 'r' end,
                                   timestamptz '2026-01-01' + i * interval '1 hour'
                              from generate_series(1, 10) i""");
            List<String> ids = new ArrayList<>();
            String cursor = "";
            do {
                HttpResponse<String> page = api.get("/admin/webhooks?outcome=parked&limit=2" + cursor, "ann", "admin");
                assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
                json(page).getJsonArray("events").forEach(event -> ids.add(((JsonObject) event).getString("id")));
                String next = json(page).getString("next_cursor");
                cursor = next == null ? "" : "&cursor=" + next;
            } while (!cursor.isEmpty());
            assertThat(ids).containsExactly("evt_10", "evt_8", "evt_6", "evt_4", "evt_2");
            assertThat(api.get("/admin/webhooks?outcome=lost", "ann", "admin").statusCode()).isEqualTo(400);
            assertThat(api.get("/admin/webhooks?outcome=credited&cursor=x", "ann", "admin").statusCode())
                    .isEqualTo(400);
        }
    }
}
