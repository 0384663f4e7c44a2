package dev.purser.api;

import static dev.purser.api.ApiFixture.code;
import static dev.purser.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.purser.lane.Outcome;
import dev.purser.wallet.Command;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransfersTest {

    private static final String TIP = "{\"creator_id\":\"mia\",\"amount\":25,\"channel\":\"live-204\",\"message\":\"Encore!\"}";

    private final ApiFixture api = new ApiFixture();

    @BeforeAll
    void haveACreator() {
        api.creator("mia");
    }

    @AfterAll
    void close() {
        api.close();
    }

    private HttpResponse<String> keyed(String path, String subject, String key, String body) {
        return api.send(api.to(path, subject, "").header("Content-Type", "application/json")
                .header("Idempotency-Key", key).POST(BodyPublishers.ofString(body)));
    }

    private void administer(String path, String body) {
        assertThat(api.post(path, "boss", "admin", body).statusCode()).isEqualTo(200);
    }

    private long balance(String wallet) {
        return json(api.get("/wallets/" + wallet + "/balance", "shop", "wallets:read")).getLong("balance");
    }

    @Test
    void shouldTip() {
        api.credit("fan", 100);
        long before = balance("mia");

        JsonObject reply = json(api.post("/tokens/tip", "fan", "", TIP));

        assertThat(reply.getLong("sender_balance")).isEqualTo(75);
        assertThat(reply.getLong("version")).isEqualTo(2);
        JsonObject transfer = reply.getJsonObject("transfer");
        String id = transfer.getString("id");
        assertThat(transfer).isEqualTo(new JsonObject().put("id", id).put("kind", "tip").put("from", "fan")
                .put("to", "mia").put("amount", 25).put("channel", "live-204").put("message", "Encore!")
                .put("state", "credited"));
        assertThat(balance("mia")).isEqualTo(before + 25);
    }

    @Test
    void shouldGiveToAnybodyAndChargeForCalls() {
        api.credit("giver", 100);
        JsonObject gift = json(api.post("/tokens/gift", "giver", "", "{\"recipient_id\":\"friend\",\"amount\":10}"));
        assertThat(gift.getJsonObject("transfer").getString("state")).isEqualTo("credited");
        assertThat(balance("friend")).isEqualTo(10);

        JsonObject call = json(api.post("/wallets/giver/calls/deduct", "app", "wallets:charge",
                "{\"creator_id\":\"mia\",\"amount\":40,\"call_id\":\"call-7\"}"));
        assertThat(call.getJsonObject("transfer").getString("channel")).isEqualTo("call-7");
        assertThat(call.getLong("balance")).isEqualTo(50);
    }

    @Test
    void shouldRefuseWhatCannotArriveAndMoveNothing() {
        api.credit("careful", 100);
        api.credit("frozen", 1);
        api.credit("closed", 1);
        administer("/admin/wallets/frozen/freeze", "{\"reason\":\"r\"}");
        administer("/admin/wallets/closed/close", "{\"reason\":\"r\",\"forfeit\":true}");

        assertThat(code(gift("careful", "careful", 1))).isEqualTo("422 to_itself");
        assertThat(code(gift("careful", "frozen", 1))).isEqualTo("403 recipient_frozen");
        assertThat(code(gift("careful", "closed", 1))).isEqualTo("403 recipient_closed");
        assertThat(code(gift("careful", "friend", 101))).isEqualTo("402 insufficient_funds");
        assertThat(code(api.post("/tokens/tip", "careful", "", TIP.replace("mia", "nobody"))))
                .isEqualTo("404 creator_not_found");
        assertThat(code(api.post("/wallets/careful/tip", "eve", "", TIP))).isEqualTo("403 not_allowed");
        assertThat(code(api.post("/tokens/tip", "careful", "", "{\"creator_id\":\"mia\",\"amount\":1}")))
                .isEqualTo("400 invalid_request");
        assertThat(balance("careful")).isEqualTo(100);
    }

    private HttpResponse<String> gift(String from, String to, long amount) {
        return api.post("/tokens/gift", from, "",
                "{\"recipient_id\":\"%s\",\"amount\":%d}".formatted(to, amount));
    }

    @Test
    void shouldSendOnceUnderAKeyEvenIfTheRecipientIsGoneByThen() {
        api.credit("again", 100);
        String body = "{\"recipient_id\":\"leaving\",\"amount\":10}";
        HttpResponse<String> first = keyed("/tokens/gift", "again", "k1", body);
        administer("/admin/wallets/leaving/close", "{\"reason\":\"r\",\"forfeit\":true}");

        HttpResponse<String> second = keyed("/tokens/gift", "again", "k1", body);

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(code(keyed("/tokens/gift", "again", "k1", body.replace("10", "11")))).isEqualTo("422 key_reused");
        assertThat(balance("again")).isEqualTo(90);
    }

    @Test
    void shouldNotWaitForARecipientThatIsNotHeardOf() {
        api.credit("hasty", 100);
        api.wallets.answerWith(
                operation -> operation.walletId().equals("silent") ? Promise.<Outcome>promise().future() : null);
        try {
            JsonObject reply = json(gift("hasty", "silent", 10));
            assertThat(reply.getJsonObject("transfer").getString("state")).isEqualTo("in_post");
        } finally {
            api.wallets.answerWith(operation -> null);
        }
    }

    @Test
    void shouldSayThatItIsInThePostWhileTheRecipientCannotBeReached() {
        api.credit("patient", 100);
        api.wallets.answerWith(operation -> operation.walletId().equals("faraway")
                || operation.command() instanceof Command.Receive
                        ? Future.succeededFuture(new Outcome.Unavailable(Outcome.Reason.NO_OWNER, 1))
                        : null);
        try {
            JsonObject reply = json(gift("patient", "faraway", 10));
            assertThat(reply.getJsonObject("transfer").getString("state")).isEqualTo("in_post");
            assertThat(reply.getLong("sender_balance")).isEqualTo(90);
        } finally {
            api.wallets.answerWith(operation -> null);
        }
    }
}
