package dev.purser.api;

import static dev.purser.api.ApiFixture.code;
import static dev.purser.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.purser.catalog.Order;
import dev.purser.catalog.Order.Way;
import dev.purser.catalog.Pack;
import dev.purser.catalog.Sale;
import dev.purser.support.Defaults;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Buying on a page of the payment provider's, and buying for others. */
class CheckoutsTest {

    private static final Way.Page PAGE = new Way.Page("https://app.example/bought?id={CHECKOUT_SESSION_ID}",
            "https://app.example/shop");
    private static final String URLS = """
            "success_url":"https://app.example/bought?id={CHECKOUT_SESSION_ID}","cancel_url":"https://app.example/shop"}""";
    private static final String CARD = "{\"pack_id\":\"small\",\"payment_method_id\":\"pm_card\"}";

    private final ApiFixture api = new ApiFixture();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void shouldAnswerAPageToPayOn() {
        api.selling(new Sale.Opened("cs_1", "open", "https://pay.example/cs_1", false));
        HttpResponse<String> byId = open("{\"pack_id\":\"large\"," + URLS);
        assertThat(byId.statusCode()).as(byId.body()).isEqualTo(201);
        assertThat(json(byId)).isEqualTo(new JsonObject("""
                {"success":true,"purchase":{"id":"cs_1","wallet_id":"ada","payer_id":"ada","pack_id":"large",
                 "tokens":5000,"bonus_tokens":250,"price":4499,"currency":"usd","status":"open"},
                 "url":"https://pay.example/cs_1"}"""));
        assertThat(byId.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(open("{\"token_amount\":500," + URLS).statusCode()).isEqualTo(201);
        assertThat(open("{\"pack_id\":\"small\",\"gift_recipient_id\":\"bob\"," + URLS).statusCode()).isEqualTo(201);
        assertThat(api.orders).containsExactly(new Order(Defaults.LARGE, "ada", "ada", PAGE, null),
                new Order(Defaults.SMALL, "ada", "ada", PAGE, null),
                new Order(Defaults.SMALL, "ada", "bob", PAGE, null));
    }

    @Test
    void shouldChargeNobodyForWhatCannotBeBought() {
        api.selling(new Sale.Closed());
        for (String body : List.of("{\"pack_id\":\"huge\"," + URLS, "{\"token_amount\":5250," + URLS, "{" + URLS,
                "{\"pack_id\":\"small\",\"token_amount\":500," + URLS)) {
            HttpResponse<String> reply = open(body);
            assertThat(code(reply)).isEqualTo("400 unknown_pack");
            assertThat(json(reply).getJsonArray("packs")).hasSize(2);
        }
        String gift = "{\"pack_id\":\"small\",\"gift_recipient_id\":\"%s\"," + URLS;
        assertThat(code(open(gift.formatted("ada")))).isEqualTo("422 to_itself");
        close("bob");
        assertThat(code(open(gift.formatted("bob")))).isEqualTo("403 recipient_closed");
        close("ada");
        assertThat(code(open("{\"pack_id\":\"small\"," + URLS))).isEqualTo("403 wallet_closed");
        assertThat(api.orders).isEmpty();
    }

    @Test
    void shouldSendNobodyWhereItDoesNotKnow() {
        api.selling(new Sale.Closed());
        for (String url : List.of("javascript:alert(1)", "/bought", "//evil.example", "http://app.example/",
                "http://localhost:3000/", "https://app.example@evil.example/", "https://app.example/a b",
                "https://evil.example\\\\@app.example", "https://", "x", "https://app.example/<b>")) {
            for (String name : List.of("success_url", "cancel_url")) {
                String other = name.equals("success_url") ? "cancel_url" : "success_url";
                HttpResponse<String> reply = open(
                        "{\"pack_id\":\"small\",\"%s\":\"%s\",\"%s\":\"https://app.example\"}".formatted(name, url,
                                other));
                assertThat(code(reply)).as(url).isEqualTo("400 invalid_request");
                JsonArray errors = json(reply).getJsonArray("errors");
                assertThat(errors).hasSize(1);
                assertThat(errors.getJsonObject(0).getString("pointer")).isEqualTo("/" + name);
                assertThat(errors.getJsonObject(0).getString("expected"))
                        .isEqualTo("an absolute https URL without a user in it");
                assertThat(json(reply).getString("outcome")).isEqualTo("not_applied");
            }
        }
        for (String url : List.of("", "https://app.example/\\n", "https://app.example/\\u0000", "\\ud800",
                "https://app.example/" + "a".repeat(2_048))) {
            assertThat(code(open("{\"pack_id\":\"small\",\"success_url\":\"" + url
                    + "\",\"cancel_url\":\"https://app.example\"}"))).isEqualTo("400 invalid_request");
        }
        for (String body : List.of("{\"pack_id\":\"small\",\"success_url\":\"https://app.example\"}",
                "{\"pack_id\":\"small\",\"success_url\":7,\"cancel_url\":\"https://app.example\"}",
                "{\"pack_id\":\"small\",\"success_url\":null,\"cancel_url\":\"https://app.example\"}",
                "{\"pack_id\":\"small\",\"price\":1," + URLS,
                "{\"pack_id\":\"small\",\"payment_method_id\":\"a\"," + URLS,
                "{\"token_amount\":500.5," + URLS)) {
            assertThat(code(open(body))).as(body).isEqualTo("400 invalid_request");
        }
        assertThat(api.orders).isEmpty();
    }

    @Test
    void shouldTellWhatBecameOfIt() {
        expect(new Sale.Refused("Not a valid URL"), "400 payment_refused", false);
        expect(new Sale.KeyReused(), "422 key_reused", false);
        expect(new Sale.Unanswered(false), "502 provider_unavailable", true);
        expect(new Sale.Unanswered(true), "504 provider_timeout", true);
        expect(new Sale.TooMany(5), "429 rate_limited", true);
        expect(new Sale.Closed(), "503 nothing_sold", false);
        HttpResponse<String> open = expect(new Sale.TooManyOpen(5), "429 too_many_open_purchases", true);
        assertThat(json(open).getInteger("limit")).isEqualTo(5);
        assertThat(json(open).getString("detail")).startsWith("Expected fewer than 5 open purchases");
        assertThat(open.headers().firstValue("Retry-After")).hasValue("60");
        HttpResponse<String> declined = expect(new Sale.CoolingDown(5, 417), "429 payments_declined", true);
        assertThat(json(declined).getInteger("limit")).isEqualTo(5);
        assertThat(json(declined).getString("detail")).startsWith("Expected fewer than 5 declined payments");
        assertThat(declined.headers().firstValue("Retry-After")).hasValue("417");
    }

    @CanIgnoreReturnValue
    private HttpResponse<String> expect(Sale sale, String code, boolean retryable) {
        api.selling(sale);
        HttpResponse<String> reply = open("{\"pack_id\":\"small\"," + URLS);
        assertThat(code(reply)).isEqualTo(code);
        assertThat(json(reply).getBoolean("retryable")).isEqualTo(retryable);
        assertThat(json(reply).getString("outcome"))
                .isEqualTo(code.endsWith("provider_timeout") ? "unknown" : "not_applied");
        assertThat(api.post("/tokens/purchase", "ada", "", CARD).statusCode()).isEqualTo(reply.statusCode());
        return reply;
    }

    @Test
    void shouldMarkARepetition() {
        api.selling(new Sale.Opened("cs_1", "open", "https://pay.example/cs_1", true));
        assertThat(open("{\"pack_id\":\"small\"," + URLS).headers().firstValue("Idempotency-Replayed"))
                .hasValue("true");
        api.selling(new Sale.Begun("pi_1", "succeeded", null, null, true));
        HttpResponse<String> bought = api.post("/tokens/purchase", "ada", "", CARD);
        assertThat(bought.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        api.selling(new Sale.Opened("cs_1", "expired", null, true));
        JsonObject over = json(open("{\"pack_id\":\"small\"," + URLS));
        assertThat(over.containsKey("url")).isFalse();
        assertThat(over.getJsonObject("purchase").getString("status")).isEqualTo("expired");
    }

    @Test
    void shouldLetABackendBuyForAUser() {
        api.selling(new Sale.Opened("cs_1", "open", "https://pay.example/cs_1", false));
        HttpResponse<String> opened = keyed("/wallets/ada/checkout", "shop", "wallets:charge",
                "{\"pack_id\":\"small\",\"gift_recipient_id\":\"bob\"," + URLS);
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        assertThat(json(opened).getJsonObject("purchase").getString("payer_id")).isEqualTo("ada");
        assertThat(keyed("/wallets/ada/purchase", "shop", "wallets:charge", CARD).statusCode()).isEqualTo(201);
        assertThat(keyed("/wallets/ada/purchase", "ada", "", CARD).statusCode()).isEqualTo(201);
        assertThat(keyed("/tokens/purchase", "ada", "", CARD).statusCode()).isEqualTo(201);
        Order.Key shops = new Order.Key("shop", "k");
        assertThat(api.orders).containsExactly(new Order(Defaults.SMALL, "ada", "bob", PAGE, shops),
                new Order(Defaults.SMALL, "ada", "ada", new Way.Method("pm_card"), shops), own(Defaults.SMALL),
                own(Defaults.SMALL));
        api.orders.clear();
        for (String scopes : List.of("", "wallets:read", "wallets:credit", "admin")) {
            for (String path : List.of("/wallets/ada/purchase", "/wallets/nobody/purchase")) {
                HttpResponse<String> refused = api.post(path, "shop", scopes, CARD);
                assertThat(code(refused)).isEqualTo("403 not_allowed");
                assertThat(json(refused).getString("required_scope")).isEqualTo("wallets:charge");
            }
        }
        close("ada");
        assertThat(code(api.post("/wallets/ada/purchase", "shop", "wallets:charge", CARD)))
                .isEqualTo("403 wallet_closed");
        assertThat(api.orders).isEmpty();
    }

    private static Order own(Pack pack) {
        return new Order(pack, "ada", "ada", "pm_card", "k");
    }

    @Test
    void shouldShowPurchasesOfBothSorts() {
        api.database.execute(
                """
                        insert into purchases (id, payer, wallet_id, pack_id, tokens, bonus, price, currency, status, payment_intent_id, created_at)
                        select id, 'ada', 'bob', 'small', 500, 0, 499, 'usd', status, payment, timestamptz '2026-01-01' + n * interval '1 hour'
                          from (values (1, 'pi_1', 'requires_action', null), (2, 'cs_2', 'open', null), (3, 'cs_3', 'expired', null),
                                       (4, 'cs_4', 'processing', 'pi_4'), (5, 'cs_5', 'failed', 'pi_5'), (6, 'cs_6', 'succeeded', 'pi_6'),
                                       (7, 'cs_7', 'succeeded', 'pi_7'), (8, 'cs_8', 'processing', 'pi_8')) as t (n, id, status, payment);
                        insert into payments (payment_intent_id, wallet_id, pack_id, tokens, bonus, price, currency, payer, refunded, disputed, created_at)
                        select id, 'bob', 'small', 500, 0, 499, 'usd', 'ada', refunded, disputed, now()
                          from (values ('pi_7', 0, 0), ('pi_8', 120, 30)) as t (id, refunded, disputed)""");
        JsonArray all = json(api.get("/tokens/purchases", "ada", "")).getJsonArray("purchases");
        assertThat(all.stream().map(JsonObject.class::cast).map(each -> each.getString("id") + " "
                + each.getString("status") + " " + each.getString("payment_id")))
                .containsExactly("cs_8 credited pi_8", "cs_7 credited pi_7", "cs_6 succeeded pi_6", "cs_5 failed pi_5",
                        "cs_4 processing pi_4", "cs_3 expired null", "cs_2 open null", "pi_1 requires_action null");
        assertThat(
                json(api.get("/tokens/purchases/cs_7", "ada", "")).getJsonObject("purchase").getString("credited_at"))
                .isNotNull();
        assertThat(all.stream().map(JsonObject.class::cast).map(each -> each.getLong("taken_back")))
                .as("of cs_8 a part").containsExactly(150L, null, null, null, null, null, null, null);
        assertThat(json(api.get("/wallets/ada/purchases", "shop", "wallets:read")).getJsonArray("purchases"))
                .isEqualTo(all);
        assertThat(api.get("/wallets/ada/purchases/cs_2", "shop", "wallets:read").statusCode()).isEqualTo(200);
        assertThat(code(api.get("/wallets/ada/purchases/cs_2", "shop", "wallets:charge"))).isEqualTo("403 not_allowed");
        assertThat(code(api.get("/tokens/purchases/cs_2", "bob", ""))).isEqualTo("404 purchase_not_found");
        assertThat(code(api.get("/tokens/purchases/cs_" + "a".repeat(200), "ada", "")))
                .isEqualTo("404 purchase_not_found");
    }

    private HttpResponse<String> open(String body) {
        return api.post("/tokens/checkout", "ada", "", body);
    }

    private HttpResponse<String> keyed(String path, String subject, String scopes, String body) {
        return api.send(api.to(path, subject, scopes).header("Content-Type", "application/json")
                .header("Idempotency-Key", "k").POST(BodyPublishers.ofString(body)));
    }

    private void close(String wallet) {
        assertThat(api.post("/admin/wallets/" + wallet + "/close", "root", "admin", "{\"reason\":\"r\"}").statusCode())
                .isEqualTo(200);
    }
}
