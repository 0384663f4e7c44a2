package dev.purser.api;

import static dev.purser.api.ApiFixture.code;
import static dev.purser.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.purser.support.LawChecker;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What creators earn, and how it is paid out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PayoutsTest {

    private final ApiFixture api = new ApiFixture();

    @BeforeAll
    void haveCreators() {
        List.of("mia", "leo", "kim", "zoe", "sam").forEach(api::creator);
        api.credit("fan", 1_000);
    }

    @AfterAll
    void close() {
        LawChecker.check(api.database);
        api.close();
    }

    private void tip(String creator, long amount) {
        assertThat(api.post("/tokens/tip", "fan", "",
                "{\"creator_id\":\"%s\",\"amount\":%d,\"channel\":\"c\"}".formatted(creator, amount)).statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> ask(String creator, long amount) {
        return api.post("/tokens/payouts", creator, "", "{\"amount\":%d}".formatted(amount));
    }

    private HttpResponse<String> decide(String creator, String id, String how, String body) {
        return api.post("/admin/wallets/" + creator + "/payouts/" + id + "/" + how, "boss", "admin", body);
    }

    @Test
    void shouldListWhatWasEarned() {
        tip("mia", 15);
        tip("mia", 8);
        assertThat(api.post("/tokens/calls/deduct", "fan", "",
                "{\"creator_id\":\"mia\",\"amount\":10,\"call_id\":\"c1\"}").statusCode()).isEqualTo(200);
        assertThat(api.post("/tokens/gift", "fan", "", "{\"recipient_id\":\"mia\",\"amount\":5}").statusCode())
                .isEqualTo(200);

        JsonObject earned = json(api.get("/tokens/earnings?limit=2", "mia", ""));

        assertThat(earned.getString("currency")).isEqualTo("usd");
        assertThat(earned.getLong("tokens")).isEqualTo(33);
        // 1 cent for each token, as the lanes of these tests have it.
        assertThat(earned.getLong("cents")).isEqualTo(33);
        assertThat(earned.getJsonArray("by_kind")).isEqualTo(new JsonArray()
                .add(new JsonObject().put("kind", "call").put("count", 1).put("tokens", 10).put("cents", 10))
                .add(new JsonObject().put("kind", "tip").put("count", 2).put("tokens", 23).put("cents", 23)));
        assertThat(earned.getLong("payable_tokens")).isEqualTo(33);
        JsonObject last = earned.getJsonArray("earnings").getJsonObject(0);
        assertThat(last.getString("kind")).isEqualTo("call");
        assertThat(last.getString("payer")).isEqualTo("fan");
        assertThat(amounts(earned)).containsExactly(10L, 8L);
        JsonObject rest = json(api.get("/wallets/mia/earnings?limit=2&cursor=" + earned.getString("next_cursor"),
                "boss", "wallets:read"));
        assertThat(amounts(rest)).containsExactly(15L);
        assertThat(rest.getValue("next_cursor")).isNull();
        assertThat(rest.getLong("tokens")).as("of all pages").isEqualTo(33);
        assertThat(json(api.get("/tokens/earnings?to=2020-01-01T00:00:00Z", "mia", "")).getLong("tokens")).isZero();
    }

    private static List<Long> amounts(JsonObject page) {
        List<Long> amounts = new ArrayList<>();
        page.getJsonArray("earnings").forEach(line -> amounts.add(((JsonObject) line).getLong("tokens")));
        return amounts;
    }

    @Test
    void shouldExportWhatWasEarned() {
        tip("zoe", 7);
        HttpResponse<String> csv = api.send(api.to("/tokens/earnings", "zoe", "").header("Accept", "text/csv").GET());
        assertThat(csv.headers().firstValue("Content-Disposition")).hasValue("attachment; filename=\"earnings.csv\"");
        assertThat(csv.body()).startsWith("seq,created_at,kind,tokens,cents,currency,payer,transfer_id\r\n1,2")
                .contains(",tip,7,7,usd,\"fan\",\"tr_");
    }

    /** As when creators come from another service with what they have earned there. */
    @Test
    void shouldPayOutWhatWasCreditedAsEarned() {
        api.creator("ivy");
        String credit = "{\"amount\":%d,\"source\":\"earned\",\"reason\":\"From before\"}";
        assertThat(api.post("/wallets/ivy/credits", "shop", "wallets:credit", credit.formatted(40)).statusCode())
                .isBetween(200, 201);
        assertThat(json(api.get("/tokens/earnings", "ivy", "")).getLong("payable_tokens")).isEqualTo(40);
        tip("ivy", 5);
        assertThat(api.post("/wallets/ivy/credits", "shop", "wallets:credit", credit.formatted(3)).statusCode())
                .isBetween(200, 201);
        assertThat(json(api.get("/tokens/earnings", "ivy", "")).getLong("payable_tokens")).isEqualTo(48);
        assertThat(json(ask("ivy", 48)).getLong("available")).isZero();
    }

    @Test
    void shouldPayOutWhatIsApproved() {
        tip("leo", 60);
        JsonObject asked = json(ask("leo", 50));
        assertThat(asked.getLong("balance")).isEqualTo(60);
        assertThat(asked.getLong("available")).isEqualTo(10);
        JsonObject payout = asked.getJsonObject("payout");
        assertThat(payout.getString("state")).isEqualTo("requested");
        assertThat(payout.getLong("cents")).isEqualTo(50);
        String id = payout.getString("id");
        JsonArray waiting = json(api.get("/admin/payouts?state=requested", "boss", "admin")).getJsonArray("payouts");
        assertThat(waiting.stream().map(line -> ((JsonObject) line).getString("id"))).contains(id);

        JsonObject approved = json(decide("leo", id, "approve", "{\"reference\":\"SEPA 42\"}"));

        assertThat(approved.getLong("balance")).isEqualTo(10);
        assertThat(approved.getJsonObject("payout").getString("reference")).isEqualTo("SEPA 42");
        JsonObject listed = json(api.get("/tokens/payouts", "leo", "")).getJsonArray("payouts").getJsonObject(0);
        assertThat(listed.getString("state")).isEqualTo("approved");
        assertThat(listed.getString("decided_by")).isEqualTo("boss");
        assertThat(listed.getInstant("decided_at")).isAfterOrEqualTo(listed.getInstant("requested_at"));
        assertThat(code(decide("leo", id, "reject", "{\"reason\":\"r\"}"))).isEqualTo("409 payout_decided");
        assertThat(json(api.get("/admin/audit?wallet_id=leo", "boss", "admin")).getJsonArray("lines").getJsonObject(0)
                .getString("action")).isEqualTo("approve_payout");
        assertThat(json(api.get("/tokens/history?kind=payout", "leo", "")).getJsonArray("entries").getJsonObject(0)
                .getLong("amount")).isEqualTo(-50);
    }

    @Test
    void shouldHaveStripePayIfToldWhom() {
        tip("sam", 60);
        String id = json(ask("sam", 50)).getJsonObject("payout").getString("id");
        for (String wrong : new String[]{"{}", "{\"reference\":\"r\",\"stripe_account\":\"acct_1\"}",
                "{\"reference\":\"stripe:acct_1\"}", "{\"stripe_account\":\"1\"}"}) {
            assertThat(code(decide("sam", id, "approve", wrong))).as(wrong).isEqualTo("400 invalid_request");
        }

        JsonObject approved = json(decide("sam", id, "approve", "{\"stripe_account\":\"acct_1\"}"));

        assertThat(approved.getJsonObject("payout").getString("reference")).isEqualTo("stripe:acct_1");
        api.database.execute("insert into payout_transfers (payout_id, wallet_id, transfer_id, sent_at) values ('" + id
                + "', 'sam', 'tr_1', now())");
        JsonObject listed = json(api.get("/tokens/payouts", "sam", "")).getJsonArray("payouts").getJsonObject(0);
        assertThat(listed.getJsonObject("transfer").getString("state")).isEqualTo("sent");
        assertThat(listed.getJsonObject("transfer").getString("id")).isEqualTo("tr_1");
    }

    @Test
    void shouldGiveBackWhatIsRejected() {
        tip("kim", 20);
        String id = json(ask("kim", 20)).getJsonObject("payout").getString("id");
        assertThat(code(ask("kim", 1))).isEqualTo("409 not_payable");
        assertThat(code(api.post("/tokens/holds/" + id + "/release", "kim", "", ""))).isEqualTo("409 hold_in_use");

        JsonObject rejected = json(decide("kim", id, "reject", "{\"reason\":\"the name does not fit\"}"));

        assertThat(rejected.getJsonObject("payout").getString("reason")).isEqualTo("the name does not fit");
        assertThat(rejected.getLong("available")).isEqualTo(20);
        assertThat(code(decide("kim", id, "approve", "{\"reference\":\"r\"}"))).isEqualTo("409 payout_decided");
        assertThat(code(decide("kim", "payout_none", "approve", "{\"reference\":\"r\"}")))
                .isEqualTo("404 payout_not_found");
    }

    @Test
    void shouldPayOutOnlyWhatWasEarned() {
        HttpResponse<String> bought = ask("fan", 10);
        assertThat(code(bought)).isEqualTo("409 not_payable");
        assertThat(json(bought).getLong("payable")).isZero();
        assertThat(code(api.post("/tokens/payouts", "fan", "", "{\"amount\":0}"))).isEqualTo("400 invalid_request");
    }
}
