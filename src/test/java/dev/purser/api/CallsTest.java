package dev.purser.api;

import static dev.purser.api.ApiFixture.code;
import static dev.purser.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.purser.support.LawChecker;
import io.vertx.core.json.JsonObject;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallsTest {

    private static final String START = "{\"creator_id\":\"mia\",\"rate_per_minute\":10,\"max_minutes\":20}";

    private final ApiFixture api = new ApiFixture();

    @BeforeAll
    void haveACreator() {
        api.creator("mia");
    }

    @AfterAll
    void close() {
        LawChecker.check(api.database);
        api.close();
    }

    private JsonObject start(String payer, long tokens) {
        api.credit(payer, tokens);
        return json(api.post("/tokens/calls", payer, "", START));
    }

    private static String id(JsonObject reply) {
        return reply.getJsonObject("call").getString("id");
    }

    @Test
    void shouldChargeTheFirstMinuteAtOnceAndPayItToTheCreator() {
        long before = json(api.get("/tokens/balance", "mia", "")).getLong("balance");

        JsonObject reply = start("caller", 45);

        assertThat(reply.getLong("balance")).isEqualTo(35);
        assertThat(reply.getLong("available")).isEqualTo(25);
        JsonObject call = reply.getJsonObject("call");
        assertThat(call.getString("state")).isEqualTo("active");
        assertThat(call.getInteger("minutes")).isEqualTo(1);
        assertThat(call.getInteger("charged")).isEqualTo(10);
        assertThat(call.getInteger("minutes_left")).as("one set aside, two more of 25").isEqualTo(3);
        assertThat(call.getBoolean("last_minute")).isFalse();
        await("the first minute").untilAsserted(
                () -> assertThat(json(api.get("/tokens/balance", "mia", "")).getLong("balance"))
                        .isEqualTo(before + 10));
        JsonObject entry = json(api.get("/tokens/history?kind=call", "caller", "")).getJsonArray("entries")
                .getJsonObject(0);
        assertThat(entry.getString("related_wallet")).isEqualTo("mia");
        assertThat(entry.getString("channel")).isEqualTo(call.getString("id"));
        assertThat(entry.getString("transfer_id")).isEqualTo(call.getString("id") + ".1");
    }

    @Test
    void shouldSayThatThisIsTheLastMinute() {
        JsonObject reply = start("short", 19);
        assertThat(reply.getJsonObject("call").getBoolean("last_minute")).isTrue();
        assertThat(reply.getJsonObject("call").getInteger("minutes_left")).isZero();
        JsonObject known = json(api.get("/tokens/calls/" + id(reply), "mia", "")).getJsonObject("call");
        assertThat(known.getBoolean("last_minute")).as("to the creator too").isTrue();
        assertThat(known.containsKey("minutes_left")).as("how much the payer has is no business of the creator's")
                .isFalse();
    }

    @Test
    void shouldEndOnceWhoeverHangsUp() {
        JsonObject reply = start("hanging", 100);
        String path = "/tokens/calls/" + id(reply);

        JsonObject ended = json(api.post(path + "/end", "mia", "", ""));
        assertThat(ended.getJsonObject("call").getString("state")).isEqualTo("ended");
        assertThat(ended.getJsonObject("call").getString("ended_because")).isEqualTo("hung_up");
        assertThat(ended.containsKey("balance")).as("the payer's balance, to the creator").isFalse();

        JsonObject again = json(api.post(path + "/end", "hanging", "", ""));
        assertThat(again.getJsonObject("call")).isEqualTo(ended.getJsonObject("call"));
        assertThat(json(api.get(path, "hanging", "")).getJsonObject("call")).isEqualTo(ended.getJsonObject("call"));
        HttpResponse<String> late = api.post(path + "/renew", "hanging", "", "");
        assertThat(code(late)).isEqualTo("409 call_ended");
        assertThat(json(late).getJsonObject("call").getString("ended_because")).isEqualTo("hung_up");
        JsonObject balance = json(api.get("/tokens/balance", "hanging", ""));
        assertThat(balance.getLong("balance")).isEqualTo(90);
        assertThat(balance.getLong("held")).isZero();
    }

    @Test
    void shouldTellNobodyElseThatThereIsACall() {
        String id = id(start("private", 100));
        assertThat(code(api.get("/tokens/calls/" + id, "eve", ""))).isEqualTo("404 call_not_found");
        assertThat(code(api.post("/tokens/calls/" + id + "/end", "eve", "", ""))).isEqualTo("404 call_not_found");
        assertThat(code(api.post("/tokens/calls/" + id + "/renew", "eve", "", ""))).isEqualTo("404 call_not_found");
        assertThat(code(api.post("/wallets/private/calls/" + id + "/end", "mia", "", "")))
                .isEqualTo("403 not_allowed");
        assertThat(code(api.get("/wallets/eve/calls/" + id, "eve", ""))).isEqualTo("404 call_not_found");
        assertThat(code(api.post("/wallets/eve/calls/" + id + "/end", "eve", "", "")))
                .isEqualTo("404 call_not_found");
        assertThat(json(api.get("/tokens/calls/" + id, "private", "")).getJsonObject("call").getString("state"))
                .isEqualTo("active");
    }

    @Test
    void shouldStartOnceUnderAKey() {
        api.credit("again", 100);
        HttpResponse<String> first = keyed("again");
        HttpResponse<String> second = keyed("again");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(json(api.get("/tokens/balance", "again", "")).getLong("balance")).isEqualTo(90);
    }

    private HttpResponse<String> keyed(String payer) {
        return api.send(api.to("/tokens/calls", payer, "").header("Content-Type", "application/json")
                .header("Idempotency-Key", "call-1").POST(BodyPublishers.ofString(START)));
    }

    @Test
    void shouldNotCallThoseWhoAreNoCreatorsNorWithoutTokens() {
        api.credit("poor", 9);
        assertThat(code(api.post("/tokens/calls", "poor", "", START))).isEqualTo("402 insufficient_funds");
        assertThat(code(api.post("/tokens/calls", "poor", "", START.replace("mia", "bob"))))
                .isEqualTo("404 creator_not_found");
        assertThat(code(api.post("/tokens/calls", "mia", "", START))).isEqualTo("422 to_itself");
        assertThat(code(api.post("/tokens/calls", "poor", "", START.replace("20", "1441"))))
                .isEqualTo("400 invalid_request");
    }

    @Test
    void shouldNotLetTheHoldBeTouchedByItself() {
        String id = id(start("clever", 100));
        assertThat(code(api.post("/tokens/holds/" + id + "/release", "clever", "", ""))).isEqualTo("409 hold_in_use");
        assertThat(code(api.post("/tokens/holds/" + id + "/settle", "clever", "", "{\"amount\":0}")))
                .isEqualTo("409 hold_in_use");
    }
}
