package dev.purser.api;

import static dev.purser.api.ApiFixture.code;
import static dev.purser.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.purser.api.AccessMatrix.Operation;
import dev.purser.api.Callers.Caller;
import dev.purser.api.contract.Contract;
import dev.purser.api.contract.Endpoint;
import dev.purser.api.tokens.ForgedTokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Every operation by every kind of caller, on a wallet of their own and on another's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {

    /** A number that is nowhere else, so that it would be noticed in an answer. */
    private static final long BALANCE = 7_301_977;
    private static final String VICTIM = "victim";

    private final ApiFixture api = new ApiFixture();
    private String hold = "";
    private int wallets;

    @BeforeAll
    void fillTheVictimsWallet() {
        hold = prepare(VICTIM);
        assertThat(api.send(api.to("/accounts/star", "boss", "admin").header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"is_creator\":true}"))).statusCode()).isEqualTo(200);
    }

    @AfterAll
    void close() {
        api.close();
    }

    /** Gives a wallet tokens, an account and a hold that its owner has opened; answers the hold. */
    @CanIgnoreReturnValue
    private String prepare(String wallet) {
        api.credit(wallet, BALANCE);
        HttpResponse<String> account = api.send(api.to("/accounts/" + wallet, "boss", "admin")
                .header("Content-Type", "application/json").PUT(BodyPublishers.ofString("{}")));
        assertThat(account.statusCode()).isEqualTo(200);
        return json(api.post("/tokens/holds", wallet, "", "{\"amount\":9}")).getJsonObject("hold").getString("id");
    }

    @Test
    void shouldHaveEveryOperationOfTheContractInTheMatrix() {
        Map<String, String> contract = new TreeMap<>();
        for (Endpoint endpoint : Contract.load().endpoints()) {
            contract.put(endpoint.id(), endpoint.method() + " "
                    + endpoint.path().replaceAll("\\{(wallet|account)_id}", "WALLET").replace("{hold_id}", "HOLD")
                            .replace("{event_id}", "EVENT").replace("{call_id}", "CALL")
                            .replace("{payout_id}", "PAYOUT")
                            .replace("{purchase_id}", "PURCHASE"));
        }
        Map<String, String> matrix = new TreeMap<>();
        AccessMatrix.operations().forEach((id, operation) -> matrix.put(id,
                operation.method() + " " + operation.path().replaceFirst("\\?.*", "")));
        assertThat(matrix).isEqualTo(contract);
    }

    static Stream<String> operations() {
        return AccessMatrix.operations().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void shouldLetInWhoMayAndNobodyElse(String id) {
        Operation operation = AccessMatrix.operations().getOrDefault(id,
                new Operation("", "", "", new AccessMatrix.Self(), 0));
        SoftAssertions softly = new SoftAssertions();
        boolean names = operation.path().contains("WALLET") || operation.path().contains("HOLD");
        Callers.all().forEach((name, caller) -> {
            softly.assertThat(statusOfOwn(operation, caller)).as("%s by the owner, %s", id, name)
                    .isEqualTo(expected(operation, caller, true));
            if (names) {
                checkOnAnothers(softly, id + " by another, " + name, operation, caller);
            }
        });
        String anonymous = fill(operation.path(), VICTIM, hold);
        for (HttpRequest.Builder request : List.of(api.bare("/api/v1" + anonymous),
                api.bare("/api/v1" + anonymous).header("Authorization", "Bearer "),
                api.bare("/api/v1" + anonymous).header("Authorization", "Bearer undefined"))) {
            HttpResponse<String> reply = api.send(with(request, operation));
            softly.assertThat(reply.statusCode()).as("%s without a token", id)
                    .isEqualTo(operation.who() instanceof AccessMatrix.Anybody ? operation.done() : 401);
            softly.assertThat(reply.body()).doesNotContain(String.valueOf(BALANCE), String.valueOf(BALANCE - 9));
        }
        softly.assertAll();
    }

    /** A wallet is used once, since what is allowed changes it. */
    private int statusOfOwn(Operation operation, Caller caller) {
        boolean changes = !operation.method().equals("GET") && expected(operation, caller, true) == operation.done();
        String wallet = changes ? "own-" + wallets++ : VICTIM;
        String path = fill(operation.path(), wallet, changes ? prepare(wallet) : hold);
        return send(operation, path, caller.token(wallet)).statusCode();
    }

    private void checkOnAnothers(SoftAssertions softly, String as, Operation operation, Caller caller) {
        int expected = expected(operation, caller, false);
        boolean done = expected == operation.done();
        boolean changes = done && !operation.method().equals("GET");
        String wallet = changes ? "other-" + wallets++ : VICTIM;
        String itsHold = changes ? prepare(wallet) : hold;
        HttpResponse<String> reply = send(operation, fill(operation.path(), wallet, itsHold), caller.token("thief"));
        softly.assertThat(reply.statusCode()).as(as).isEqualTo(expected);
        if (!done) {
            softly.assertThat(reply.body()).as(as).doesNotContain(String.valueOf(BALANCE),
                    String.valueOf(BALANCE - 9));
            HttpResponse<String> nobodys = send(operation, fill(operation.path(), "no-such-wallet", "hold_none"),
                    caller.token("thief"));
            softly.assertThat(said(reply)).as("%s: the same as of a wallet that does not exist", as)
                    .isEqualTo(said(nobodys));
        }
    }

    /** An answer without what differs from request to request, and from hold to hold that the caller has named. */
    private String said(HttpResponse<String> reply) {
        return reply.statusCode() + reply.body().replaceAll("req_[0-9a-z]+", "REQUEST").replace(hold, "HOLD")
                .replace("hold_none", "HOLD");
    }

    private static int expected(Operation operation, Caller caller, boolean owner) {
        return switch (operation.who()) {
            case AccessMatrix.Anybody() -> operation.done();
            case AccessMatrix.Self() -> !caller.isKnown() ? 401 : owner ? operation.done() : 404;
            case AccessMatrix.OwnerOr(var scope, var orScope) -> !caller.isKnown()
                    ? 401
                    : owner || caller.has(scope) || caller.has(orScope) ? operation.done() : 403;
            case AccessMatrix.Only(var scope) -> !caller.isKnown() ? 401 : caller.has(scope) ? operation.done() : 403;
        };
    }

    @Test
    void shouldNotHaveChangedTheVictimsWallet() {
        for (Operation operation : AccessMatrix.operations().values()) {
            HttpResponse<String> _ = send(operation, fill(operation.path(), VICTIM, hold), TestTokens.of("thief", ""));
        }
        JsonObject balance = json(api.get("/tokens/balance", VICTIM, ""));
        assertThat(balance.getLong("version")).isEqualTo(2);
        assertThat(balance.getLong("held")).isEqualTo(9);
        assertThat(json(api.get("/admin/audit?wallet_id=" + VICTIM, "boss", "admin")).getJsonArray("lines")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"victim.", ".victim", "VICTIM", "Victim", "victim~", "victim|", "-victim", "victim+", ".",
            ".."})
    void shouldTakeALikeNameForAnotherWallet(String like) {
        assertThat(code(api.get("/wallets/" + VICTIM + "/balance", like, ""))).isEqualTo("403 not_allowed");
        assertThat(json(api.get("/tokens/balance", like, "")).getLong("balance")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "victim ", " victim", "victim\u0000", "vict\u0456m", "victim\u200b", "victim/",
            "victim%20", "../victim", "victim\n", "\uff56ictim", "client:x/y", "victim\u0301"})
    void shouldKnowNoCallerOfSuchAName(String name) {
        assertThat(code(api.get("/tokens/balance", name, "admin wallets:charge"))).isEqualTo("401 unauthorized");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%76ictim", "v%69ctim"})
    void shouldCheckWhatAPathMeansNotHowItIsWritten(String written) {
        assertThat(code(api.get("/wallets/" + written + "/balance", "thief", ""))).isEqualTo("403 not_allowed");
        assertThat(json(api.get("/wallets/" + written + "/balance", VICTIM, "")).getString("wallet_id"))
                .isEqualTo(VICTIM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"thief/../victim", "thief%2f..%2fvictim", "thief%2fvictim", "victim%00", "victim%20",
            "vict%D1%96m", "%2e%2e/victim", "thief;victim", "victim%252e", "thief//victim", "victim%0a", "%c0%ae"})
    void shouldNotBeLedAstrayByAPath(String written) {
        String request = "GET /api/v1/wallets/%s/balance HTTP/1.1%nHost: a%nConnection: close%nAuthorization: Bearer %s%n%n"
                .formatted(written, TestTokens.of("thief", "")).replace("\n", "\r\n");
        String reply = api.raw(request);
        assertThat(reply).matches("(?s)HTTP/1.1 40[034] .*").doesNotContain(String.valueOf(BALANCE));
    }

    @Test
    void shouldNotFindAnothersHoldInOnesOwnWallet() {
        prepare("neighbour");
        for (String action : List.of("extend", "settle", "release")) {
            String body = action.equals("release") ? "{}" : "{\"amount\":1}";
            HttpResponse<String> known = api.post("/tokens/holds/" + hold + "/" + action, "neighbour", "", body);
            HttpResponse<String> unknown = api.post("/tokens/holds/hold_none/" + action, "neighbour", "", body);
            assertThat(code(known)).isEqualTo("404 hold_not_found");
            assertThat(said(known)).isEqualTo(said(unknown));
            assertThat(
                    code(api.post("/wallets/neighbour/holds/" + hold + "/" + action, "shop", "wallets:charge", body)))
                    .isEqualTo("404 hold_not_found");
        }
    }

    @Test
    void shouldNotGoOnWithAnothersCursor() {
        prepare("reader");
        String cursor = json(api.get("/tokens/history?limit=1", VICTIM, "")).getString("next_cursor");
        assertThat(cursor).isNotNull();
        assertThat(code(api.get("/tokens/history?limit=1&cursor=" + cursor, "reader", "")))
                .isEqualTo("400 invalid_cursor");
        assertThat(api.get("/tokens/history?limit=1&cursor=" + cursor, VICTIM, "").statusCode()).isEqualTo(200);
        assertThat(code(api.get("/wallets/" + VICTIM + "/history?cursor=" + cursor, "reader", "")))
                .isEqualTo("403 not_allowed");
    }

    @Test
    void shouldNotReplayAnothersAnswer() {
        prepare("shared");
        HttpResponse<String> first = keyed("/wallets/shared/spend", "shop", "wallets:charge");
        HttpResponse<String> second = keyed("/wallets/shared/spend", "other-shop", "wallets:charge");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(json(second).getLong("version")).isEqualTo(json(first).getLong("version") + 1);
        HttpResponse<String> stranger = keyed("/wallets/shared/spend", "thief", "wallets:read");
        assertThat(code(stranger)).isEqualTo("403 not_allowed");
        assertThat(code(keyed("/wallets/shared/spend", "shop", "wallets:read")))
                .as("who has lost the scope since does not even get the old answer").isEqualTo("403 not_allowed");
    }

    private HttpResponse<String> keyed(String path, String subject, String scopes) {
        return api.send(api.to(path, subject, scopes).header("Content-Type", "application/json")
                .header("Idempotency-Key", "one").POST(BodyPublishers.ofString("{\"amount\":1}")));
    }

    @Test
    void shouldDecideForEachOperationOfABatchWhoMay() {
        prepare("mine");
        String batch = """
                {"operations":[{"type":"spend","wallet_id":"mine","amount":1},
                               {"type":"spend","wallet_id":"victim","amount":1},
                               {"type":"credit","wallet_id":"mine","amount":1,"source":"gift","reason":"r"},
                               {"type":"hold","wallet_id":"victim","amount":1},
                               {"type":"extend","wallet_id":"victim","hold_id":"HOLD","amount":1},
                               {"type":"settle","wallet_id":"victim","hold_id":"HOLD","amount":1},
                               {"type":"release","wallet_id":"victim","hold_id":"HOLD"},
                               {"type":"release","wallet_id":"mine","hold_id":"HOLD"}]}""".replace("HOLD", hold);
        assertThat(statuses(batch, "mine", "")).containsExactly(200, 403, 403, 403, 403, 403, 403, 404);
        assertThat(statuses(batch, "mine", "wallets:read admin"))
                .containsExactly(200, 403, 403, 403, 403, 403, 403, 404);
        assertThat(statuses(batch, "mine", "wallets:credit")).containsExactly(200, 403, 200, 403, 403, 403, 403, 404);
        assertThat(code(api.post("/batch", "mine", "admin",
                "{\"operations\":[{\"type\":\"freeze\",\"wallet_id\":\"mine\",\"reason\":\"r\"}]}")))
                .isEqualTo("400 invalid_request");
    }

    private List<Integer> statuses(String batch, String subject, String scopes) {
        HttpResponse<String> reply = api.post("/batch", subject, scopes, batch);
        assertThat(reply.body()).doesNotContain(String.valueOf(BALANCE - 9));
        JsonArray results = json(reply).getJsonArray("results");
        return results.stream().map(result -> ((JsonObject) result).getInteger("status")).toList();
    }

    @Test
    void shouldRefuseForgedTokens() {
        assertThat(api.send(own(ForgedTokens.good())).statusCode()).isEqualTo(200);
        SoftAssertions softly = new SoftAssertions();
        ForgedTokens.all().forEach((name, token) -> {
            if (token.chars().allMatch(c -> c > ' ' && c <= '~')) {
                softly.assertThat(api.send(own(token)).statusCode()).as(name).isEqualTo(401);
            }
        });
        softly.assertAll();
    }

    private HttpRequest.Builder own(String token) {
        return api.bare("/api/v1/tokens/balance").header("Authorization", "Bearer " + token);
    }

    @Test
    void shouldGiveNoRightsToTheNamesOfTheHouse() {
        for (String name : new TreeSet<>(
                List.of("purser", "house", "admin", "system", "backend", "null", "undefined"))) {
            assertThat(code(api.get("/wallets/" + VICTIM + "/balance", name, ""))).isEqualTo("403 not_allowed");
            assertThat(code(api.get("/admin/debts", name, ""))).isEqualTo("403 not_allowed");
        }
    }

    private HttpResponse<String> send(Operation operation, String path, String token) {
        return api.send(with(api.bare("/api/v1" + path).header("Authorization", "Bearer " + token), operation));
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, Operation operation) {
        return operation.body().isEmpty()
                ? request.method(operation.method(), BodyPublishers.noBody())
                : request.header("Content-Type", "application/json").method(operation.method(),
                        BodyPublishers.ofString(operation.body()));
    }

    private static String fill(String path, String wallet, String holdId) {
        return path.replace("WALLET", wallet).replace("HOLD", holdId);
    }
}
