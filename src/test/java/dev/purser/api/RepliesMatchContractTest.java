package dev.purser.api;

import static dev.purser.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import dev.purser.api.contract.Contract;
import dev.purser.api.contract.Endpoint;
import dev.purser.cluster.ClusterReport;
import dev.purser.cluster.LaneReport;
import dev.purser.support.ContractDocument;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.OpenAPIContract;

/** Calls every operation and holds its reply against the schema that the contract promises. */
class RepliesMatchContractTest {

    private final List<String> called = new ArrayList<>();
    private final ContractDocument document = new ContractDocument(Contract.load().text());

    @Test
    void shouldBeAnOpenApiDocument() {
        try (ApiFixture api = new ApiFixture()) {
            // This library wants a whole URL as the server, and knows few media types.
            JsonObject placed = new ContractDocument(Contract.load().text()
                    .replace("application/problem+json", "application/json").replace("application/yaml", "text/plain")
                    .replace("text/csv:", "text/plain:")).json().put("servers",
                            new JsonArray().add(new JsonObject().put("url", "http://localhost/api/v1")));
            OpenAPIContract contract = ApiFixture.await(OpenAPIContract.from(api.vertx, placed));
            assertThat(contract.operations()).hasSameSizeAs(Contract.load().endpoints());
        }
    }

    @Test
    void shouldReplyAsPromised() {
        try (ApiFixture api = new ApiFixture()) {
            api.credit("ann", 1_000);
            String all = "wallets:read wallets:charge wallets:credit admin";
            api.creator("mia");
            check("getContract", api.send(api.bare("/api/v1/openapi.yaml")));
            for (String[] way : new String[][]{{"Own", "/tokens"}, {"", "/wallets/ann"}}) {
                String path = way[1];
                check("spend" + way[0], api.post(path + "/spend", "ann", all,
                        "{\"amount\":5,\"description\":\"d\",\"metadata\":{\"b\":1,\"a\":[true]}}"));
                check("tip" + way[0], api.post(path + "/tip", "ann", all,
                        "{\"creator_id\":\"mia\",\"amount\":2,\"channel\":\"c\",\"message\":\"m\"}"));
                check("gift" + way[0], api.post(path + "/gift", "ann", all, "{\"recipient_id\":\"bob\",\"amount\":2}"));
                check("deductCall" + way[0], api.post(path + "/calls/deduct", "ann", all,
                        "{\"creator_id\":\"mia\",\"amount\":2,\"call_id\":\"c\"}"));
                HttpResponse<String> opened = api.post(path + "/holds", "ann", all, "{\"amount\":50}");
                check("openHold" + way[0], opened);
                String hold = path + "/holds/" + json(opened).getJsonObject("hold").getString("id");
                check("extendHold" + way[0], api.post(hold + "/extend", "ann", all, "{\"amount\":1}"));
                check("settleHold" + way[0], api.post(hold + "/settle", "ann", all, "{\"amount\":40}"));
                HttpResponse<String> second = api.post(path + "/holds", "ann", all, "{\"amount\":5,\"purpose\":\"p\"}");
                check("releaseHold" + way[0], api.post(path + "/holds/"
                        + json(second).getJsonObject("hold").getString("id") + "/release", "ann", all, ""));
                HttpResponse<String> started = api.post(path + "/calls", "ann", all,
                        "{\"creator_id\":\"mia\",\"rate_per_minute\":2}");
                check("startCall" + way[0], started);
                String call = path + "/calls/" + json(started).getJsonObject("call").getString("id");
                check("getCall" + way[0], api.get(call, "ann", all));
                check("renewCall" + way[0], api.post(call + "/renew", "ann", all, ""));
                check("endCall" + way[0], api.post(call + "/end", "ann", all, ""));
                check("getCall" + way[0], api.get(call, "ann", all));
                String earner = path.replace("ann", "mia");
                check(way[0].isEmpty() ? "getEarnings" : "getOwnEarnings", api.get(earner + "/earnings", "mia", all));
                HttpResponse<String> asked = api.post(earner + "/payouts", "mia", all, "{\"amount\":1}");
                check("requestPayout" + way[0], asked);
                check(way[0].isEmpty() ? "getPayouts" : "getOwnPayouts", api.get(earner + "/payouts", "mia", all));
                String payout = "/admin/wallets/mia/payouts/" + json(asked).getJsonObject("payout").getString("id");
                String decision = way[0].isEmpty() ? "approve" : "reject";
                check(decision + "Payout", api.post(payout + "/" + decision, "ann", all,
                        way[0].isEmpty() ? "{\"reference\":\"SEPA 1\"}" : "{\"reason\":\"r\"}"));
                check(way[0].isEmpty() ? "getBalance" : "getOwnBalance", api.get(path + "/balance", "ann", all));
                check(way[0].isEmpty() ? "getHistory" : "getOwnHistory",
                        api.get(path + "/history?limit=3", "ann", all));
            }
            check("credit", api.post("/wallets/ann/credits", "ann", all,
                    "{\"amount\":5,\"source\":\"promo\",\"reason\":\"r\",\"expires_at\":\"2099-01-01T00:00:00Z\"}"));
            check("batch", api.post("/batch", "ann", all, "{\"operations\":[{\"wallet_id\":\"ann\",\"amount\":1,"
                    + "\"type\":\"spend\"},{\"type\":\"spend\",\"wallet_id\":\"bob\",\"amount\":1}]}"));
            check("putAccount", api.send(api.to("/accounts/ann", "ann", all).header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"is_creator\":true,\"plan\":\"pro\"}"))));
            check("getAccount", api.get("/accounts/ann", "ann", all));
            check("adjustWallet", api.post("/admin/wallets/ann/adjust", "ann", all,
                    "{\"amount\":-5,\"reason\":\"r\"}"));
            check("freezeWallet", api.post("/admin/wallets/ann/freeze", "ann", all, "{\"reason\":\"r\"}"));
            check("unfreezeWallet", api.post("/admin/wallets/ann/unfreeze", "ann", all, "{\"reason\":\"r\"}"));
            check("inspectWallet", api.get("/admin/wallets/ann", "ann", "admin"));
            check("closeWallet", api.post("/admin/wallets/ann/close", "ann", all,
                    "{\"reason\":\"r\",\"forfeit\":true}"));
            api.database.execute("update wallets set debt = 7, status = 'debt' where id = 'ann'");
            api.database.execute("""
                    insert into webhook_events (provider, event_id, type, payload, processed_at, outcome, reason)
                    values ('stripe', 'evt_1', 'charge.refunded', '{}', now(), 'parked', 'r'),
                           ('stripe', 'evt_2', 'charge.refunded', '{}', null, null, null)""");
            api.database.execute(
                    """
                            insert into purchases (id, payer, wallet_id, pack_id, tokens, bonus, price, currency, status, payment_intent_id)
                            values ('cs_small', 'bob', 'bob', 'small', 500, 0, 499, 'usd', 'succeeded', 'pi_small'),
                                   ('cs_open', 'bob', 'bob', 'small', 500, 0, 499, 'usd', 'open', null);
                            insert into payments (payment_intent_id, wallet_id, pack_id, tokens, bonus, price, currency, created_at)
                            values ('pi_small', 'bob', 'small', 500, 0, 499, 'usd', now())""");
            for (String[] way : new String[][]{{"Own", "/tokens"}, {"", "/wallets/bob"}}) {
                check("purchase" + way[0], api.post(way[1] + "/purchase", "bob", "",
                        "{\"pack_id\":\"small\",\"payment_method_id\":\"pm_card_visa\"}"));
                check("checkout" + way[0], api.post(way[1] + "/checkout", "bob", "", "{\"pack_id\":\"small\","
                        + "\"success_url\":\"https://a.example\",\"cancel_url\":\"https://a.example\"}"));
                check("get" + way[0] + "Purchase", api.get(way[1] + "/purchases/cs_small", "bob", ""));
                check("get" + way[0] + "Purchases", api.get(way[1] + "/purchases", "bob", ""));
            }
            api.cluster = new ClusterReport("here", 3, List.of(new ClusterReport.Node("here", true,
                    List.of(new ClusterReport.Lane(0, 268, new LaneReport(1, 2, 3, 4)))),
                    new ClusterReport.Node("there", false, List.of(new ClusterReport.Lane(0, 0, null)))));
            check("getCluster", api.get("/admin/cluster", "ann", all));
            api.database.execute(
                    """
                            insert into parcels (to_wallet, id, piece, kind, waiting, places, senders, amounts, channels,
                                                 messages, lots, created_at)
                            values ('bob', 't_1', 0, 'tip', 1, '{0}', '{zed}', '{3}', '{c}', '{m}', '{[]}', now());
                            insert into given_on (payment_intent_id, transfer_id, kind, giver, recipient, amount, place, step, room,
                                                  aside, taken, created_at, updated_at)
                            values ('pi_small', 't_0', 'gift', 'bob', 'zed', 3, 1, 1, 3, 2, 1, now(), now());
                            update webhook_events set payment_intent_id = 'pi_small' where event_id = 'evt_1'""");
            check("inspectWallet", api.get("/admin/wallets/bob", "ann", "admin"));
            check("findWallets", api.get("/admin/wallets?find=b", "ann", "admin"));
            check("listWebhooks", api.get("/admin/webhooks", "ann", all));
            check("replayWebhook", api.post("/admin/webhooks/evt_credited/replay", "ann", all, ""));
            check("getPacks", api.get("/tokens/packs", "ann", ""));
            check("listDebts", api.get("/admin/debts", "ann", all));
            check("listPayouts", api.get("/admin/payouts", "ann", all));
            check("listAudit", api.get("/admin/audit?limit=1", "ann", all));

            assertThat(new TreeSet<>(called)).containsExactlyElementsOf(
                    new TreeSet<>(Contract.load().endpoints().stream().map(Endpoint::id).toList()));
        }
    }

    private void check(String operationId, HttpResponse<String> reply) {
        called.add(operationId);
        assertThat(reply.statusCode()).as(operationId + " " + reply.body()).isBetween(200, 201);
        JsonObject promised = promised(operationId, reply.statusCode());
        String contentType = reply.headers().firstValue("Content-Type").orElseThrow();
        JsonObject media = promised.getJsonObject("content").getJsonObject(contentType);
        assertThat(media).as(operationId + " " + contentType).isNotNull();
        if (contentType.equals("application/json")) {
            OutputUnit result = ContractDocument.validator(media.getJsonObject("schema"))
                    .validate(new JsonObject(reply.body()));
            assertThat(result.getValid()).as(operationId + " " + reply.body() + " " + result.toJson()).isTrue();
        }
    }

    private JsonObject promised(String operationId, int status) {
        for (String path : document.json().getJsonObject("paths").fieldNames()) {
            JsonObject item = document.json().getJsonObject("paths").getJsonObject(path);
            for (String method : item.fieldNames()) {
                if (item.getJsonObject(method).getString("operationId").equals(operationId)) {
                    JsonObject response = item.getJsonObject(method).getJsonObject("responses")
                            .getJsonObject(String.valueOf(status));
                    assertThat(response).as(operationId + " has a response " + status).isNotNull();
                    return document.object(response);
                }
            }
        }
        throw new AssertionError("no operation " + operationId);
    }
}
