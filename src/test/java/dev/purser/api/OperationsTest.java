package dev.purser.api;

import static dev.purser.api.ApiFixture.code;
import static dev.purser.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.purser.lane.Outcome;
import dev.purser.lane.Quota;
import dev.purser.wallet.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsTest {

    private static final String ONE = "{\"amount\":1}";

    private final ApiFixture api = new ApiFixture();

    @AfterAll
    void close() {
        api.close();
    }

    @Test
    void shouldShowAnEmptyWalletForOneThatIsNotKnown() {
        JsonObject balance = json(api.get("/tokens/balance", "nobody", ""));
        assertThat(balance.getLong("version")).isZero();
        assertThat(balance.getValue("last_updated")).isNull();
        assertThat(balance.getString("status")).isEqualTo("active");
    }

    @Test
    void shouldSayHowMuchOfAnAllowanceIsLeft() {
        assertThat(code(api.post("/wallets/subscriber/credits", "backend", "wallets:credit",
                "{\"amount\":1000,\"source\":\"allowance\",\"reason\":\"October\"}"))).startsWith("200");
        assertThat(code(api.post("/tokens/spend", "subscriber", "", "{\"amount\":850}"))).startsWith("200");
        assertThat(json(api.get("/tokens/balance", "subscriber", "")).getJsonObject("allowance"))
                .isEqualTo(new JsonObject().put("granted", 1_000).put("left", 150).put("level", 80));
        assertThat(json(api.get("/tokens/balance", "nobody", "")).containsKey("allowance")).isFalse();
    }

    @Test
    void shouldSpend() {
        api.credit("spender", 10);
        JsonObject reply = json(api.post("/tokens/spend", "spender", "",
                "{\"amount\":3,\"description\":\"a \\\"b\\\"\",\"metadata\":{\"z\":1,\"a\":\"\\u00e9\"}}"));
        assertThat(reply.getBoolean("success")).isTrue();
        assertThat(reply.getLong("new_balance")).isEqualTo(7);
        assertThat(reply.getString("message")).isEqualTo("Spent 3 tokens, 7 left");
        assertThat(reply.getLong("version")).isEqualTo(2);
        assertThat(reply.getJsonObject("entry").getString("description")).isEqualTo("a \"b\"");
        assertThat(reply.getJsonObject("entry").getJsonObject("metadata"))
                .isEqualTo(new JsonObject().put("z", 1).put("a", "\u00e9"));
    }

    @Test
    void shouldRefuseWhoHasTooLittle() {
        api.credit("poor", 2);
        HttpResponse<String> reply = api.post("/tokens/spend", "poor", "", "{\"amount\":5}");
        assertThat(code(reply)).isEqualTo("402 insufficient_funds");
        assertThat(reply.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json(reply).getLong("balance")).isEqualTo(2);
        assertThat(json(reply).getLong("required")).isEqualTo(5);
        assertThat(json(reply).getString("buy_url")).isEqualTo("https://app.example/buy");
        assertThat(json(reply).getString("type")).isEqualTo("urn:purser:problem:insufficient_funds");
        assertThat(json(reply).getString("outcome")).isEqualTo("not_applied");
    }

    @Test
    void shouldKeepOthersOut() {
        api.credit("victim", 10);
        HttpResponse<String> spend = api.post("/wallets/victim/spend", "thief", "wallets:read", ONE);
        assertThat(code(spend)).isEqualTo("403 not_allowed");
        assertThat(json(spend).getString("required_scope")).isEqualTo("wallets:charge");
        assertThat(code(api.get("/wallets/victim/balance", "thief", "wallets:charge"))).isEqualTo("403 not_allowed");
        assertThat(code(api.get("/wallets/victim/history", "thief", ""))).isEqualTo("403 not_allowed");
        assertThat(code(api.post("/wallets/victim/credits", "victim", "wallets:charge",
                "{\"amount\":1,\"source\":\"promo\",\"reason\":\"r\"}"))).isEqualTo("403 not_allowed");
        HttpResponse<String> admin = api.post("/admin/wallets/victim/freeze", "victim", "wallets:credit",
                "{\"reason\":\"r\"}");
        assertThat(code(admin)).isEqualTo("403 not_allowed");
        assertThat(admin.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("scope=\"admin\"");
        assertThat(code(api.get("/admin/debts", "victim", "wallets:read"))).isEqualTo("403 not_allowed");
        assertThat(api.get("/wallets/victim/balance", "backend", "wallets:read").statusCode()).isEqualTo(200);
        assertThat(api.get("/wallets/victim/balance", "boss", "admin").statusCode()).isEqualTo(200);
        assertThat(api.post("/wallets/victim/spend", "victim", "", ONE).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAskForAValidToken() {
        HttpResponse<String> missing = api.send(api.bare("/api/v1/tokens/balance"));
        assertThat(code(missing)).isEqualTo("401 unauthorized");
        assertThat(missing.body()).doesNotContain("outcome");
        assertThat(missing.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
        String expired = TestTokens.sign(TestTokens.claims("ann")
                .expirationTime(Date.from(Instant.now().minusSeconds(5))).build(), TestTokens.SECRET);
        String foreign = TestTokens.sign(TestTokens.claims("ann").build(), "another secret of more than 32 bytes");
        for (String header : new String[]{"Bearer " + expired, "Bearer " + foreign, "Bearer", "Bearer ", "Basic YTpi",
                "Bearer null", TestTokens.of("ann", "")}) {
            HttpResponse<String> reply = api.send(api.bare("/api/v1/tokens/balance").header("Authorization", header));
            assertThat(code(reply)).as(header).isEqualTo("401 unauthorized");
        }
        assertThat(api.send(api.bare("/api/v1/tokens/balance").header("Authorization", "bearer "
                + TestTokens.of("ann", ""))).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTellFrozenFromClosed() {
        api.credit("cold", 10);
        assertThat(api.post("/admin/wallets/cold/freeze", "boss", "admin", "{\"reason\":\"r\"}").statusCode())
                .isEqualTo(200);
        assertThat(code(api.post("/tokens/spend", "cold", "", ONE))).isEqualTo("403 wallet_frozen");
        assertThat(code(api.post("/admin/wallets/cold/freeze", "boss", "admin", "{\"reason\":\"r\"}")))
                .isEqualTo("409 already_frozen");
        assertThat(code(api.post("/admin/wallets/cold/close", "boss", "admin", "{\"reason\":\"r\"}")))
                .isEqualTo("409 wallet_not_empty");
        assertThat(api.post("/admin/wallets/cold/close", "boss", "admin", "{\"reason\":\"r\",\"forfeit\":true}")
                .statusCode()).isEqualTo(200);
        assertThat(code(api.post("/tokens/spend", "cold", "", ONE))).isEqualTo("403 wallet_closed");
    }

    @Test
    void shouldRefuseWhoOwes() {
        api.wallets.answerNext(Future.succeededFuture(new Outcome.Refused(new Refusal.InDebt(40), null)));
        HttpResponse<String> reply = api.post("/tokens/spend", "debtor", "", ONE);
        assertThat(code(reply)).isEqualTo("402 account_in_debt");
        assertThat(json(reply).getLong("debt")).isEqualTo(40);
    }

    @Test
    void shouldKnowWhatBecameOfHolds() {
        api.credit("holder", 100);
        String settled = open("holder", 30);
        assertThat(code(api.post("/tokens/holds/" + settled + "/settle", "holder", "", "{\"amount\":31}")))
                .isEqualTo("409 exceeds_hold");
        assertThat(json(api.post("/tokens/holds/" + settled + "/settle", "holder", "", "{\"amount\":20}"))
                .getLong("balance")).isEqualTo(80);
        assertThat(code(api.post("/tokens/holds/" + settled + "/settle", "holder", "", "{\"amount\":20}")))
                .isEqualTo("409 hold_settled");
        String released = open("holder", 30);
        assertThat(api.post("/tokens/holds/" + released + "/release", "holder", "", "{}").statusCode()).isEqualTo(200);
        assertThat(code(api.post("/tokens/holds/" + released + "/release", "holder", "", "")))
                .isEqualTo("409 hold_released");
        assertThat(code(api.post("/tokens/holds/hold_never/settle", "holder", "", "{\"amount\":0}")))
                .isEqualTo("404 hold_not_found");
        assertThat(api.send(api.to("/tokens/holds/" + open("holder", 1) + "/release", "holder", "")
                .POST(BodyPublishers.noBody())).statusCode()).isEqualTo(200);
    }

    private String open(String walletId, long amount) {
        HttpResponse<String> reply = api.post("/tokens/holds", walletId, "", "{\"amount\":" + amount + "}");
        assertThat(reply.statusCode()).isEqualTo(201);
        assertThat(json(reply).getJsonObject("hold").getString("state")).isEqualTo("open");
        return json(reply).getJsonObject("hold").getString("id");
    }

    @Test
    void shouldKnowAnOperationOfABatchAgainWhenItComesByItself() {
        api.credit("alone", 100);
        String hold = open("alone", 20);
        JsonObject batch = json(api.post("/batch", "backend", "wallets:charge",
                """
                        {"operations":[{"type":"spend","wallet_id":"alone","amount":4,"idempotency_key":"b-1"},
                                       {"type":"settle","wallet_id":"alone","hold_id":"%s","amount":5,"idempotency_key":"b-2"}]}"""
                        .formatted(hold)));
        HttpResponse<String> spent = keyed("/wallets/alone/spend", "backend", "wallets:charge", "b-1",
                "{\"amount\":4}");
        HttpResponse<String> settled = keyed("/wallets/alone/holds/" + hold + "/settle", "backend",
                "wallets:charge", "b-2", "{\"amount\":5}");

        assertThat(List.of(spent, settled)).allSatisfy(
                reply -> assertThat(reply.headers().firstValue("Idempotency-Replayed")).hasValue("true"));
        assertThat(List.of(json(spent), json(settled))).isEqualTo(batch.getJsonArray("results").stream()
                .map(result -> ((JsonObject) result).getJsonObject("body")).toList());
    }

    @Test
    void shouldAnswerRepetitionsWithTheSameBytes() {
        api.credit("twice", 100);
        HttpResponse<String> first = keyed("/tokens/holds", "\"k-1\"", "{\"amount\":5,\"purpose\":\"p\"}");
        HttpResponse<String> again = keyed("/tokens/holds", "k-1",
                " { \"purpose\":\"p\", \"expires_in\": 900, \"amount\":5}");
        HttpResponse<String> other = keyed("/tokens/holds", "k-1", "{\"amount\":6,\"purpose\":\"p\"}");
        HttpResponse<String> elsewhere = keyed("/tokens/spend", "k-1", "{\"amount\":5}");

        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(code(other)).isEqualTo("422 key_reused");
        assertThat(code(elsewhere)).isEqualTo("422 key_reused");
        HttpResponse<String> spent = keyed("/tokens/spend", "k-2",
                "{\"amount\":1,\"metadata\":{\"a\":1,\"b\":{\"c\":2}}}");
        HttpResponse<String> respent = keyed("/tokens/spend", "k-2",
                "{\"metadata\":{ \"b\":{\"c\":2},\"a\":1},\"amount\":1}");
        assertThat(respent.body()).isEqualTo(spent.body());
    }

    private HttpResponse<String> keyed(String path, String key, String body) {
        return keyed(path, "twice", "", key, body);
    }

    private HttpResponse<String> keyed(String path, String subject, String scopes, String key, String body) {
        return api.send(api.to(path, subject, scopes).header("Content-Type", "application/json")
                .header("Idempotency-Key", key).POST(BodyPublishers.ofString(body)));
    }

    @Test
    void shouldShowRateLimits() {
        api.wallets.answerNext(Future.succeededFuture(new Outcome.Limited(new Quota("writes", 60, 60, 0, 7))));
        HttpResponse<String> reply = api.post("/tokens/spend", "busy", "", ONE);
        assertThat(code(reply)).isEqualTo("429 rate_limited");
        assertThat(reply.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(reply.headers().firstValue("RateLimit-Policy")).hasValue("\"writes\";q=60;w=60");
        assertThat(reply.headers().firstValue("RateLimit")).hasValue("\"writes\";r=0;t=7");
        api.wallets.answerNext(Future.succeededFuture(new Outcome.KeyBusy()));
        assertThat(code(api.post("/tokens/spend", "busy", "", ONE))).isEqualTo("409 key_busy");
        api.wallets.answerNext(Future.succeededFuture(new Outcome.Moved()));
        assertThat(code(api.post("/tokens/spend", "busy", "", ONE))).isEqualTo("503 unavailable");
    }

    @Test
    void shouldCreditByTheRules() {
        assertThat(code(api.post("/wallets/c/credits", "shop", "wallets:credit",
                "{\"amount\":1,\"source\":\"store\",\"reason\":\"r\",\"expires_at\":\"2099-01-01T00:00:00Z\"}")))
                .isEqualTo("422 source_never_expires");
        assertThat(code(api.post("/wallets/c/credits", "shop", "wallets:credit",
                "{\"amount\":1,\"source\":\"promo\",\"reason\":\"r\",\"expires_at\":\"2001-01-01T00:00:00+02:00\"}")))
                .isEqualTo("422 expires_in_past");
        api.credit("c", Long.MAX_VALUE);
        assertThat(code(api.post("/wallets/c/credits", "shop", "wallets:credit",
                "{\"amount\":1,\"source\":\"promo\",\"reason\":\"r\"}"))).isEqualTo("409 balance_overflow");
        assertThat(json(api.get("/tokens/balance", "c", "")).getLong("balance")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldDecideEachOperationOfABatch() {
        api.credit("batch-a", 10);
        String batch = """
                {"operations":[{"type":"spend","wallet_id":"batch-a","amount":4},
                               {"amount":7,"wallet_id":"batch-a","type":"spend"},
                               {"type":"credit","wallet_id":"batch-b","amount":9,"source":"gift","reason":"r"},
                               {"type":"hold","wallet_id":"batch-a","amount":2,"idempotency_key":"own"},
                               {"type":"release","wallet_id":"batch-a","hold_id":"none"}]}""";
        HttpResponse<String> reply = api.send(api.to("/batch", "job", "wallets:charge")
                .header("Content-Type", "application/json").header("Idempotency-Key", "b1")
                .POST(BodyPublishers.ofString(batch)));
        JsonArray results = json(reply).getJsonArray("results");
        assertThat(results.stream().map(result -> ((JsonObject) result).getInteger("status")))
                .containsExactly(200, 402, 403, 201, 404);
        assertThat(results.getJsonObject(0).getJsonObject("body").getLong("balance")).isEqualTo(6);
        assertThat(results.getJsonObject(1).getJsonObject("problem").getString("code")).isEqualTo("insufficient_funds");

        JsonArray again = json(api.send(api.to("/batch", "job", "wallets:charge")
                .header("Content-Type", "application/json").header("Idempotency-Key", "b1")
                .POST(BodyPublishers.ofString(batch)))).getJsonArray("results");
        assertThat(again.getJsonObject(0).getBoolean("replayed")).isTrue();
        assertThat(again.getJsonObject(3).getJsonObject("body"))
                .isEqualTo(results.getJsonObject(3).getJsonObject("body"));
        assertThat(json(api.get("/tokens/balance", "batch-a", "")).getLong("balance")).isEqualTo(6);
    }

    @Test
    void shouldKeepAccounts() {
        assertThat(code(api.get("/accounts/star", "boss", "admin"))).isEqualTo("404 account_not_found");
        assertThat(put("{\"is_creator\":true,\"plan\":\"pro\"}")).containsEntry("account_id", "star");
        assertThat(put("{}")).containsEntry("plan", "pro").containsEntry("is_creator", true);
        assertThat(put("{\"plan\":null}")).containsEntry("plan", null).containsEntry("is_creator", true);
        assertThat(json(api.get("/accounts/star", "boss", "admin")).getMap()).containsEntry("plan", null);
    }

    private Map<String, Object> put(String body) {
        return json(api.send(api.to("/accounts/star", "boss", "admin").header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)))).getMap();
    }
}
