package dev.purser.api;

import static dev.purser.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.catalog.Order;
import dev.purser.catalog.Sale;
import dev.purser.support.Defaults;
import io.vertx.core.json.JsonObject;

class PurchasesTest {

    private static final String VISA = "\"payment_method_id\":\"pm_card_visa\"}";

    private final ApiFixture api = new ApiFixture();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void shouldBuyAPackByItsIdOrByItsTokens() {
        api.selling(new Sale.Begun("pi_1", "requires_action", "pi_1_secret", null, false));
        HttpResponse<String> byId = buy("{\"pack_id\":\"large\"," + VISA);
        assertThat(byId.statusCode()).as(byId.body()).isEqualTo(201);
        assertThat(json(byId)).isEqualTo(new JsonObject(
                """
                        {"success":true,"purchase":{"id":"pi_1","wallet_id":"ada","payer_id":"ada","pack_id":"large","tokens":5000,
                         "bonus_tokens":250,"price":4499,"currency":"usd","status":"requires_action"},
                         "client_secret":"pi_1_secret"}"""));
        assertThat(buy("{\"token_amount\":500," + VISA).statusCode()).isEqualTo(201);
        assertThat(buy("{\"pack_id\":\"small\",\"gift_recipient_id\":\"bob\"," + VISA).statusCode()).isEqualTo(201);
        assertThat(api.orders).containsExactly(new Order(Defaults.LARGE, "ada", "ada", "pm_card_visa", null),
                new Order(Defaults.SMALL, "ada", "ada", "pm_card_visa", null),
                new Order(Defaults.SMALL, "ada", "bob", "pm_card_visa", null));
    }

    @Test
    void shouldSayWhatPacksThereAreAndChargeNobody() {
        api.selling(new Sale.Closed());
        for (String body : List.of("{\"pack_id\":\"huge\"," + VISA, "{\"token_amount\":5250," + VISA, "{" + VISA,
                "{\"pack_id\":\"small\",\"token_amount\":500," + VISA)) {
            HttpResponse<String> reply = buy(body);
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
            assertThat(json(reply).getString("code")).isEqualTo("unknown_pack");
            assertThat(json(reply).getJsonArray("packs")).hasSize(2);
        }
        assertThat(buy("{\"pack_id\":\"small\"}").statusCode()).isEqualTo(400);
        assertThat(buy("{\"token_amount\":500.5," + VISA).statusCode()).isEqualTo(400);
        assertThat(api.orders).isEmpty();
    }

    @Test
    void shouldChargeNobodyForWhatCannotBeGiven() {
        api.selling(new Sale.Closed());
        String gift = "{\"pack_id\":\"small\",\"gift_recipient_id\":\"%s\"," + VISA;
        assertThat(json(buy(gift.formatted("ada"))).getString("code")).isEqualTo("to_itself");
        assertThat(api.post("/admin/wallets/bob/close", "root", "admin", "{\"reason\":\"r\"}").statusCode())
                .isEqualTo(200);
        assertThat(json(buy(gift.formatted("bob"))).getString("code")).isEqualTo("recipient_closed");
        assertThat(api.post("/admin/wallets/ada/close", "root", "admin", "{\"reason\":\"r\"}").statusCode())
                .isEqualTo(200);
        assertThat(json(buy("{\"pack_id\":\"small\"," + VISA)).getString("code")).isEqualTo("wallet_closed");
        assertThat(api.orders).isEmpty();
    }

    @Test
    void shouldTellWhatBecameOfIt() {
        String small = "{\"pack_id\":\"small\"," + VISA;
        api.selling(new Sale.Begun("pi_2", "requires_payment_method", null, "insufficient_funds", false));
        JsonObject declined = json(buy(small));
        assertThat(declined.getBoolean("success")).isFalse();
        assertThat(declined.getJsonObject("purchase").getString("status")).isEqualTo("failed");
        assertThat(declined.getJsonObject("purchase").getString("failure")).isEqualTo("insufficient_funds");
        expect(new Sale.Refused("No such PaymentMethod"), 400, "payment_refused", false);
        expect(new Sale.KeyReused(), 422, "key_reused", false);
        expect(new Sale.Unanswered(false), 502, "provider_unavailable", true);
        expect(new Sale.Unanswered(true), 504, "provider_timeout", true);
        expect(new Sale.TooMany(5), 429, "rate_limited", true);
        expect(new Sale.Closed(), 503, "nothing_sold", false);
    }

    private void expect(Sale sale, int status, String code, boolean retryable) {
        api.selling(sale);
        HttpResponse<String> reply = buy("{\"pack_id\":\"small\"," + VISA);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        assertThat(json(reply).getString("code")).isEqualTo(code);
        assertThat(json(reply).getBoolean("retryable")).isEqualTo(retryable);
        assertThat(json(reply).getString("outcome"))
                .isEqualTo(code.equals("provider_timeout") ? "unknown" : "not_applied");
    }

    @Test
    void shouldShowToWhoeverPaidHowItStands() {
        api.database.execute(
                """
                        insert into purchases (id, payer, wallet_id, pack_id, tokens, bonus, price, currency, status, created_at)
                        select 'pi_' || i, case when i < 5 then 'ada' else 'eve' end, 'bob', 'small', 500, 0, 499, 'usd',
                               (array['requires_payment_method', 'processing', 'succeeded', 'succeeded', 'canceled'])[i],
                               timestamptz '2026-01-01' + i * interval '1 hour'
                          from generate_series(1, 5) i;
                        insert into payments (payment_intent_id, wallet_id, pack_id, tokens, bonus, price, currency, payer, created_at)
                        values ('pi_4', 'bob', 'small', 500, 0, 499, 'usd', 'ada', now())""");
        JsonObject first = json(api.get("/tokens/purchases?limit=3", "ada", ""));
        assertThat(first.getJsonArray("purchases").stream()
                .map(each -> ((JsonObject) each).getString("id") + " " + ((JsonObject) each).getString("status")))
                .containsExactly("pi_4 credited", "pi_3 succeeded", "pi_2 processing");
        JsonObject second = json(
                api.get("/tokens/purchases?limit=3&cursor=" + first.getString("next_cursor"), "ada", ""));
        assertThat(second.getJsonArray("purchases").getJsonObject(0).getString("status")).isEqualTo("failed");
        assertThat(second.getString("next_cursor")).isNull();
        assertThat(api.get("/tokens/purchases/pi_4", "ada", "").statusCode()).isEqualTo(200);
        assertThat(api.get("/tokens/purchases/pi_4", "eve", "").statusCode()).isEqualTo(404);
        assertThat(api.get("/tokens/purchases/pi_5", "ada", "").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> buy(String body) {
        return api.post("/tokens/purchase", "ada", "", body);
    }
}
