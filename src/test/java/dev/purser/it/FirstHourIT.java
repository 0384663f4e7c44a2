package dev.purser.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import dev.purser.sandbox.DemoUser;
import dev.purser.support.LawChecker;
import dev.purser.support.NodeClient;
import dev.purser.support.NodeClient.Reply;
import dev.purser.support.NodeProcess;
import dev.purser.support.TestDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What one tries in the first hour, as an owner, as a backend and as an admin. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FirstHourIT {

    private final TestDatabase database = TestDatabase.create();
    private final NodeProcess node = NodeProcess.inProduction("first-hour", database);
    private final NodeClient alice = node.as(DemoUser.ALICE);
    private final NodeClient backend = node.as(DemoUser.BACKEND);
    private final NodeClient admin = node.as(DemoUser.ADMIN);

    @BeforeAll
    void start() {
        node.start().awaitReady();
    }

    @AfterAll
    void end() throws Exception {
        try (node) {
            LawChecker.check(database);
            assertThat(node.terminate()).isZero();
        }
    }

    @Test
    void shouldLetAnOwnerSpendHoldAndLookBack() throws Exception {
        assertThat(ok(alice.get("/tokens/balance")).getLong("balance")).isZero();
        credit("alice", 100);
        assertThat(ok(alice.post("/tokens/spend", json("amount", 10))).getLong("new_balance")).isEqualTo(90);

        String hold = openHold(40);
        JsonObject extended = ok(alice.post("/tokens/holds/" + hold + "/extend", json("amount", 10)));
        assertThat(extended.getLong("available")).isEqualTo(40);
        assertThat(extended.getJsonObject("hold").getLong("amount")).isEqualTo(50);
        JsonObject settled = ok(alice.post("/tokens/holds/" + hold + "/settle", json("amount", 20)));
        assertThat(settled.getLong("available")).isEqualTo(70);
        JsonObject released = ok(alice.post("/tokens/holds/" + openHold(30) + "/release", new JsonObject()));
        assertThat(released.getLong("available")).isEqualTo(70);
        Reply again = alice.post("/tokens/holds/" + hold + "/settle", json("amount", 20));
        assertThat(again.json().getString("code")).isEqualTo("hold_settled");

        assertThat(pages(2)).containsExactly("release 70", "hold 70", "spend 70", "hold 90", "hold 90", "spend 90",
                "promo 100");
        Reply csv = alice.getCsv("/tokens/history?kind=spend");
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.text().lines()).hasSize(3);
    }

    @Test
    void shouldHaveNoSandbox() throws Exception {
        HttpResponse<String> reply = HttpClient.newHttpClient().send(HttpRequest
                .newBuilder(URI.create("http://localhost:" + node.httpPort() + "/sandbox/users")).build(),
                BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(reply.body()).doesNotContain("token");
    }

    @Test
    void shouldSayWhatIsMissing() throws Exception {
        Reply broke = node.as(DemoUser.BOB).post("/tokens/spend", json("amount", 5));

        assertThat(broke.status()).isEqualTo(402);
        assertThat(broke.header("Content-Type")).startsWith("application/problem+json");
        assertThat(broke.json().getString("code")).isEqualTo("insufficient_funds");
        assertThat(broke.json().getLong("required")).isEqualTo(5);
        assertThat(alice.get("/wallets/bob/balance").json().getString("required_scope")).isEqualTo("wallets:read");
    }

    @Test
    void shouldLetABackendActForUsers() throws Exception {
        credit("user_1", 50);
        Reply first = backend.post("/wallets/user_1/spend", json("amount", 5), "picture-1");
        Reply second = backend.post("/wallets/user_1/spend", json("amount", 5), "picture-1");
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");

        JsonArray operations = new JsonArray()
                .add(json("amount", 5).put("type", "spend").put("wallet_id", "user_1"))
                .add(json("amount", 7).put("type", "credit").put("wallet_id", "user_2").put("source", "bonus")
                        .put("reason", "spring"))
                .add(json("amount", 5_000).put("type", "spend").put("wallet_id", "user_1"));
        JsonArray results = ok(backend.post("/batch", new JsonObject().put("operations", operations), "batch-1"))
                .getJsonArray("results");

        assertThat(statuses(results)).containsExactly(200, 200, 402);
        assertThat(ok(backend.get("/wallets/user_1/balance")).getLong("balance")).isEqualTo(40);
        assertThat(ok(backend.get("/wallets/user_2/balance")).getLong("balance")).isEqualTo(7);
        assertThat(backend.put("/accounts/user_1", new JsonObject()).status()).isEqualTo(403);
    }

    @Test
    void shouldLetAnAdminPutThingsRight() throws Exception {
        credit("user_3", 10);
        ok(admin.put("/accounts/user_3", new JsonObject().put("is_creator", true).put("plan", "pro")));
        assertThat(ok(admin.get("/accounts/user_3"))).isEqualTo(
                new JsonObject().put("account_id", "user_3").put("is_creator", true).put("plan", "pro"));

        ok(admin.post("/admin/wallets/user_3/adjust", json("amount", -4).put("reason", "Ticket 1")));
        ok(admin.post("/admin/wallets/user_3/freeze", reason("Ticket 2")));
        Reply frozen = backend.post("/wallets/user_3/spend", json("amount", 1));
        assertThat(frozen.json().getString("code")).isEqualTo("wallet_frozen");
        ok(admin.post("/admin/wallets/user_3/unfreeze", reason("Ticket 3")));
        assertThat(admin.post("/admin/wallets/user_3/close", reason("Ticket 4")).status()).isEqualTo(409);
        ok(admin.post("/admin/wallets/user_3/close", reason("Ticket 4").put("forfeit", true)));

        JsonObject inspected = ok(admin.get("/admin/wallets/user_3"));
        assertThat(inspected.getJsonObject("wallet").getString("status")).isEqualTo("closed");
        assertThat(inspected.getJsonObject("wallet").getLong("balance")).isZero();
        JsonArray audit = ok(admin.get("/admin/audit?wallet_id=user_3")).getJsonArray("lines");
        assertThat(texts(audit, "reason")).containsExactly("Ticket 4", "Ticket 3", "Ticket 2", "Ticket 1");
        assertThat(texts(audit, "subject")).containsOnly("admin");
    }

    @Test
    void shouldShowWhoOwes() throws Exception {
        // Only a chargeback makes a debt, and there is no payment here to take back.
        database.execute("""
                insert into wallets values ('user_4', 1, 1, 0, 0, 30, 'debt', 0, 0, 0, '[]', null, now());
                insert into entries (wallet_id, seq, kind, amount, held, debt, balance_after, op_id, created_at)
                values ('user_4', 1, 'dispute', 0, 0, 30, 0, 'chargeback', now())""");

        assertThat(texts(ok(admin.get("/admin/debts")).getJsonArray("debts"), "wallet_id")).containsExactly("user_4");
        Reply owing = backend.post("/wallets/user_4/spend", json("amount", 1));
        assertThat(owing.json().getString("code")).isEqualTo("account_in_debt");
        credit("user_4", 50);
        assertThat(ok(admin.get("/admin/debts")).getJsonArray("debts")).isEmpty();
        assertThat(ok(backend.get("/wallets/user_4/balance")).getLong("available")).isEqualTo(20);
    }

    private void credit(String wallet, long amount) throws Exception {
        ok(backend.post("/wallets/" + wallet + "/credits",
                json("amount", amount).put("source", "promo").put("reason", "Welcome")));
    }

    private String openHold(long amount) throws Exception {
        Reply opened = alice.post("/tokens/holds", json("amount", amount).put("purpose", "chat:1"));
        assertThat(opened.status()).isEqualTo(201);
        return opened.json().getJsonObject("hold").getString("id");
    }

    /** Alice's history, read page by page. */
    private List<String> pages(int size) throws Exception {
        List<String> entries = new ArrayList<>();
        String path = "/tokens/history?limit=" + size;
        JsonObject page = ok(alice.get(path));
        while (true) {
            for (Object entry : page.getJsonArray("entries")) {
                entries.add(((JsonObject) entry).getString("kind") + " "
                        + ((JsonObject) entry).getLong("balance_after"));
            }
            String cursor = page.getString("next_cursor");
            if (cursor == null) {
                return entries;
            }
            page = ok(alice.get(path + "&cursor=" + cursor));
        }
    }

    private static JsonObject json(String name, long value) {
        return new JsonObject().put(name, value);
    }

    private static JsonObject reason(String text) {
        return new JsonObject().put("reason", text);
    }

    @CanIgnoreReturnValue
    private static JsonObject ok(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private static List<String> texts(JsonArray objects, String name) {
        return objects.stream().map(object -> ((JsonObject) object).getString(name)).toList();
    }

    private static List<Integer> statuses(JsonArray results) {
        return results.stream().map(result -> ((JsonObject) result).getInteger("status")).toList();
    }
}
