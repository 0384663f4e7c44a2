package dev.purser.api;

import static dev.purser.api.ApiFixture.code;
import static dev.purser.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import io.vertx.core.json.JsonObject;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryTest {

    private static final int SPENDS = 7;

    private final ApiFixture api = new ApiFixture();

    @BeforeAll
    void fill() {
        api.credit("ann", 100);
        for (int i = 1; i <= SPENDS; i++) {
            HttpResponse<String> reply = api.post("/tokens/spend", "ann", "", ("{\"amount\":%d,"
                    + "\"description\":\"=cmd(), \\\"x\\\"\",\"metadata\":{\"n\":%d}}").formatted(i, i));
            assertThat(reply.statusCode()).isEqualTo(200);
        }
    }

    @AfterAll
    void close() {
        api.close();
    }

    @Test
    void shouldPageThroughAll() {
        List<Long> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = json(api.get("/tokens/history?limit=3" + cursor, "ann", ""));
            page.getJsonArray("entries").forEach(entry -> seen.add(((JsonObject) entry).getLong("seq")));
            cursor = page.getString("next_cursor") == null ? "" : "&cursor=" + page.getString("next_cursor");
        } while (!cursor.isEmpty());
        assertThat(seen).containsExactlyElementsOf(LongStream.iterate(SPENDS + 1, seq -> seq - 1).limit(SPENDS + 1)
                .boxed().toList());
    }

    @Test
    void shouldEndExactlyAtTheLastPage() {
        JsonObject all = json(api.get("/tokens/history?limit=" + (SPENDS + 1), "ann", ""));
        assertThat(all.getJsonArray("entries")).hasSize(SPENDS + 1);
        assertThat(all.getValue("next_cursor")).isNull();
    }

    @Test
    void shouldFilter() {
        JsonObject purchases = json(api.get("/wallets/ann/history?kind=purchase", "backend", "wallets:read"));
        assertThat(purchases.getJsonArray("entries")).hasSize(1);
        assertThat(json(api.get("/tokens/history?to=2020-01-01T00:00:00Z", "ann", "")).getJsonArray("entries"))
                .isEmpty();
        assertThat(json(api.get("/tokens/history?from=2020-01-01T00:00:00%2B02:00&kind=spend", "ann", ""))
                .getJsonArray("entries")).hasSize(SPENDS);
        JsonObject spend = json(api.get("/tokens/history?kind=spend&limit=1", "ann", "")).getJsonArray("entries")
                .getJsonObject(0);
        assertThat(spend.getJsonObject("metadata").getInteger("n")).isEqualTo(SPENDS);
        assertThat(spend.getString("operation_id")).isNotEmpty();
    }

    @Test
    void shouldKeepACursorToItsFilters() {
        String cursor = json(api.get("/tokens/history?limit=1&kind=spend", "ann", "")).getString("next_cursor");
        String path = "/tokens/history?limit=2&cursor=" + cursor;
        assertThat(api.get(path + "&kind=spend", "ann", "").statusCode()).isEqualTo(200);
        assertThat(code(api.get(path, "ann", ""))).isEqualTo("400 invalid_cursor");
        assertThat(code(api.get(path + "&kind=purchase", "ann", ""))).isEqualTo("400 invalid_cursor");
        assertThat(code(api.get(path + "&kind=spend", "bob", ""))).isEqualTo("400 invalid_cursor");
        assertThat(code(api.get("/admin/debts?cursor=" + cursor, "boss", "admin"))).isEqualTo("400 invalid_cursor");
        assertThat(code(api.get("/admin/audit?cursor=" + cursor, "boss", "admin"))).isEqualTo("400 invalid_cursor");
    }

    @Test
    void shouldExportAllAsCsv() {
        HttpResponse<String> reply = api
                .send(api.to("/tokens/history?limit=2&kind=spend", "ann", "").header("Accept", "text/csv").GET());
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        List<String> lines = reply.body().lines().toList();
        assertThat(lines).hasSize(SPENDS + 1);
        assertThat(lines.getFirst()).startsWith("seq,created_at,kind,amount");
        assertThat(lines.get(1)).startsWith("8,").contains(",spend,-7,0,0,72,").contains("\"'=cmd(), \"\"x\"\"\"");
    }

    @Test
    void shouldExportMoreThanAPage() {
        api.credit("long", 10);
        api.database.execute("""
                insert into entries (wallet_id, seq, kind, amount, held, debt, balance_after, op_id, created_at)
                select 'long', n, 'spend', -1, 0, 0, 9, 'op', now() from generate_series(2, 1500) n""");
        HttpResponse<String> reply = api.send(api.to("/tokens/history", "long", "").header("Accept", "text/csv").GET());
        assertThat(reply.body().lines().skip(1).map(line -> Integer.valueOf(line.substring(0, line.indexOf(',')))))
                .containsExactlyElementsOf(
                        IntStream.iterate(1_500, n -> n - 1).limit(1_500).boxed().toList());
    }

    @Test
    void shouldPageThroughTheAuditTrail() {
        for (int i = 1; i <= 3; i++) {
            assertThat(api.post("/admin/wallets/audited/adjust", "boss", "admin",
                    "{\"amount\":%d,\"reason\":\"r%d\"}".formatted(i, i)).statusCode()).isEqualTo(200);
        }
        JsonObject first = json(api.get("/admin/audit?wallet_id=audited&limit=2", "boss", "admin"));
        JsonObject second = json(api.get("/admin/audit?wallet_id=audited&limit=2&cursor="
                + first.getString("next_cursor"), "boss", "admin"));
        assertThat(first.getJsonArray("lines").getJsonObject(0).getString("reason")).isEqualTo("r3");
        assertThat(second.getJsonArray("lines").getJsonObject(0).getString("reason")).isEqualTo("r1");
        assertThat(second.getValue("next_cursor")).isNull();
    }
}
