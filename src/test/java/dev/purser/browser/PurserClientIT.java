package dev.purser.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;

import dev.purser.support.NodeProcess;
import dev.purser.wallet.Allowance;
import io.vertx.core.json.JsonObject;

/** purser.js in a real browser, with answers that a service gives only in trouble. */
@Timeout(120)
class PurserClientIT {

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final NodeProcess NODE = NodeProcess.inDevelopment("purser-client");
    private static final String SPENT = """
            {"success":true,"wallet_id":"ada","new_balance":75,"message":"Spent","entry":{},"balance":75,"available":75,
            "held":0,"version":8}""";
    private static final String SPEND = """
            async () => {
                const { createPurser } = await import("/purser.js");
                let tokens = 0;
                window.purser = createPurser({ token: "t0", refreshToken: async () => `t${++tokens}`, pollEvery: 200,
                    longestWait: 3000, onAllowanceLow: ({ level, left }) => warnings.push(`${level}: ${left}`) });
                window.warnings = [];
                window.spend = (amount, key) => purser.spend({ amount }, { key }).then((reply) => ({ reply }),
                    ({ code, outcome, key, status, retryAfter }) => ({ code, outcome, key, status, retryAfter }));
            }""";

    private static final String WATCH = """
            () => {
                window.seen = [];
                window.stop = purser.subscribe(() => seen.push(purser.getState().balance?.version ?? 0));
            }""";

    private final List<Request> calls = new ArrayList<>();
    private final List<WebSocketRoute> sockets = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private Consumer<WebSocketRoute> greeting = _ -> {
    };
    private Window window;
    private Page page;

    @BeforeAll
    static void start() {
        NODE.start().awaitReady();
    }

    @AfterAll
    static void end() {
        NODE.close();
    }

    /** A page that does nothing by itself, with a client in it whose live connection comes to here. */
    @BeforeEach
    void open() {
        String first = "http://localhost:" + NODE.httpPort() + "/";
        window = CHROMIUM.open(Look.DESKTOP_LIGHT, first);
        page = window.page();
        page.routeWebSocket("**/api/v1/tokens/live", socket -> {
            socket.onMessage(frame -> said.add(frame.text()));
            sockets.add(socket);
            greeting.accept(socket);
        });
        window.go(first);
        page.evaluate(SPEND);
    }

    @Test
    void shouldTryAgainUnderTheSameKeyAndWaitAsLongAsAsked() {
        answerSpends(route -> problem(route, 503, "unavailable", true, Map.of("Retry-After", "1")),
                route -> json(route, SPENT));
        window.expect("503");

        long begin = System.nanoTime();
        Map<String, Object> reply = spend("25");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(reply.get("reply")).isNotNull();
        assertThat(keys()).hasSize(2);
        assertThat(keys().getFirst()).hasSizeGreaterThan(30).isEqualTo(keys().getLast());
        assertThat(page.evaluate("purser.getState().balance.balance")).isEqualTo(75);
    }

    @Test
    void shouldTakeANoForAnAnswer() {
        answerSpends(route -> problem(route, 402, "insufficient_funds", false, Map.of()));
        window.expect("402");

        Map<String, Object> reply = spend("25");

        assertThat(reply.get("code")).isEqualTo("insufficient_funds");
        assertThat(calls).hasSize(1);
        spend("25");
        assertThat(keys().getFirst()).as("another spend has another key").isNotEqualTo(keys().getLast());
    }

    @Test
    void shouldNotKnowWhatBecameOfASpendThatNobodyAnswered() {
        answerSpends(Route::abort, route -> problem(route, 503, "unavailable", true, Map.of("Retry-After", "60")));
        window.expect("ERR_FAILED");
        window.expect("503");

        Map<String, Object> reply = spend("25, 'my-key'");

        assertThat(reply.get("code")).isEqualTo("unavailable");
        assertThat(reply.get("outcome")).as("the first may have been carried out").isEqualTo("unknown");
        assertThat(reply.get("key")).isEqualTo("my-key");
        assertThat(reply.get("retryAfter")).as("longer than anybody waits").isEqualTo(60_000);
        assertThat(keys()).containsExactly("my-key", "my-key");
    }

    /** What was not carried out is the later try: of the first nobody knows. */
    @Test
    void shouldNotTakeANoToALaterTryForAnAnswerToTheFirst() {
        answerSpends(Route::abort, route -> problem(route, 401, "unauthorized", false, Map.of()));
        window.expect("ERR_FAILED");
        window.expect("401");

        Map<String, Object> reply = spend("25, 'my-key'");

        assertThat(reply.get("code")).isEqualTo("unauthorized");
        assertThat(reply.get("outcome")).isEqualTo("unknown");
        assertThat(reply.get("key")).isEqualTo("my-key");
    }

    @Test
    void shouldNotTakeWhatAProxySaysForAnAnswerToTheFirst() {
        answerSpends(Route::abort, route -> route.fulfill(new Route.FulfillOptions().setStatus(403)
                .setContentType("text/html").setBody("Please sign in to this network")));
        window.expect("ERR_FAILED");
        window.expect("403");

        assertThat(spend("25").get("outcome")).isEqualTo("unknown");
    }

    @Test
    void shouldKeepTheKeyWhenNoTokenIsToBeHadForALaterTry() {
        answerSpends(Route::abort, route -> problem(route, 401, "unauthorized", false, Map.of()));
        window.expect("ERR_FAILED");
        window.expect("401");
        page.evaluate("""
                async () => {
                    const { createPurser } = await import("/purser.js");
                    purser = createPurser({ token: "t0", refreshToken: () => Promise.reject(new Error("offline")) });
                }""");

        Map<String, Object> reply = spend("25, 'my-key'");

        assertThat(reply.get("code")).isEqualTo("no_token");
        assertThat(reply.get("outcome")).isEqualTo("unknown");
        assertThat(reply.get("key")).isEqualTo("my-key");
    }

    @Test
    void shouldTakeANoUnderTheSameKeyForAnAnswerToAll() {
        answerSpends(Route::abort, route -> problem(route, 402, "insufficient_funds", false, Map.of()));
        window.expect("ERR_FAILED");
        window.expect("402");

        assertThat(spend("25").get("outcome")).isEqualTo("not_applied");
    }

    @Test
    void shouldGiveUpAtLast() {
        answerSpends(Route::abort);
        window.expect("ERR_FAILED");

        Map<String, Object> reply = spend("25");

        assertThat(reply.get("code")).isEqualTo("unreachable");
        assertThat(reply.get("outcome")).isEqualTo("unknown");
        assertThat(keys()).hasSize(5).containsOnly(String.valueOf(reply.get("key")));
    }

    @Test
    void shouldGetOneTokenForAllWhoseTokenHasExpired() {
        page.route("**/api/v1/tokens/spend", route -> {
            calls.add(route.request());
            if ("Bearer t1".equals(route.request().headers().get("authorization"))) {
                json(route, SPENT);
            } else {
                problem(route, 401, "unauthorized", false, Map.of());
            }
        });
        window.expect("401");

        List<?> replies = (List<?>) page.evaluate("Promise.all([spend(1), spend(2), spend(3)])");

        assertThat(replies).hasSize(3).allMatch(reply -> ((Map<?, ?>) reply).containsKey("reply"));
        assertThat(page.evaluate("spend(4)")).isNotNull();
        assertThat(calls.getLast().headers().get("authorization")).isEqualTo("Bearer t1");
    }

    @Test
    void shouldNotAskForTokensWithoutEnd() {
        answerSpends(route -> problem(route, 401, "unauthorized", false, Map.of()));
        window.expect("401");

        assertThat(spend("25").get("status")).isEqualTo(401);
        assertThat(calls).hasSize(2);
    }

    @Test
    void shouldNeverGoBackToAnOlderVersion() {
        answerBalance(5, 50);
        watch();
        show(sockets.getFirst(), 7, 70);
        waitFor("purser.getState().balance?.version === 7");
        show(sockets.getFirst(), 6, 60);
        page.evaluate("purser.refresh()");
        show(sockets.getFirst(), 8, 80);
        waitFor("purser.getState().balance.version === 8");

        List<?> seen = (List<?>) page.evaluate("seen");
        assertThat(seen.stream().map(Object::toString).distinct()).isSorted().endsWith("8").doesNotContain("6");
        assertThat(page.evaluate("purser.getState().balance.balance")).isEqualTo(80);
    }

    @Test
    void shouldWarnOnceOfEachLevelOfAnAllowance() {
        answerBalance(5, 1_000, 150);
        watch();
        waitFor("warnings.length === 1");
        sockets.getFirst().send("{\"type\":\"warning\",\"level\":80}");
        show(sockets.getFirst(), 6, 120, 120);
        show(sockets.getFirst(), 7, 100, 100);
        waitFor("warnings.length === 2");
        show(sockets.getFirst(), 8, 50, 50);
        show(sockets.getFirst(), 9, 1_000, 1_000);
        show(sockets.getFirst(), 10, 0, 0);
        waitFor("purser.getState().balance.version === 10");
        assertThat(page.evaluate("warnings.join(', ')")).isEqualTo("80: 150, 90: 100, 100: 0");
        assertThat(page.evaluate("purser.getState().balance.allowance.level")).isEqualTo(100);
        show(sockets.getFirst(), 11, 70);
        waitFor("purser.getState().balance.version === 11");
        assertThat(page.evaluate("purser.getState().balance.allowance === undefined")).isEqualTo(true);
    }

    @Test
    void shouldGoOnFromTheVersionItKnows() {
        answerBalance(5, 50);
        watch();
        show(sockets.getFirst(), 7, 70);
        waitFor("purser.getState().balance?.version === 7 && purser.getState().connection === 'live'");

        sockets.getFirst().close(new WebSocketRoute.CloseOptions().setCode(1012));
        page.waitForCondition(() -> sockets.size() == 2 && said.contains("{\"type\":\"resume\",\"version\":7}"));
        sockets.getLast().send("{\"type\":\"current\",\"version\":7}");
        waitFor("purser.getState().connection === 'live'");
    }

    @Test
    void shouldComeBackWithAnotherTokenWhenOneExpires() {
        answerBalance(5, 50);
        watch();
        show(sockets.getFirst(), 7, 70);
        waitFor("purser.getState().connection === 'live'");

        sockets.getFirst().close(new WebSocketRoute.CloseOptions().setCode(4401));

        page.waitForCondition(() -> said.contains("{\"type\":\"auth\",\"token\":\"t1\"}"));
        assertThat(said.getFirst()).isEqualTo("{\"type\":\"auth\",\"token\":\"t0\"}");
    }

    @Test
    void shouldAskNowAndThenWithoutALiveConnection() {
        answerBalance(5, 50);
        greeting = socket -> socket.close(new WebSocketRoute.CloseOptions().setCode(4429));
        page.evaluate(WATCH);

        page.waitForCondition(() -> calls.size() >= 4);
        waitFor("purser.getState().connection === 'polling'");

        page.evaluate("stop()");
        int asked = calls.size();
        page.waitForTimeout(1_000);
        assertThat(calls).as("nobody looks any more").hasSizeLessThanOrEqualTo(asked + 1);
    }

    /** What came of a spend: the reply, or what is known of the failure. */
    @CanIgnoreReturnValue
    private Map<String, Object> spend(String arguments) {
        Map<String, Object> result = new HashMap<>();
        ((Map<?, ?>) page.evaluate("spend(" + arguments + ")"))
                .forEach((name, value) -> result.put(String.valueOf(name), value));
        return result;
    }

    /** From now on somebody looks, and is connected. */
    private void watch() {
        page.evaluate(WATCH);
        page.waitForCondition(() -> !sockets.isEmpty() && !said.isEmpty());
    }

    /** Waits in the page; so what the browser says meanwhile is heard. */
    private void waitFor(String condition) {
        page.waitForFunction("() => " + condition);
    }

    /** Each spend gets the next answer, the last again and again. */
    @SafeVarargs
    private void answerSpends(Consumer<Route>... answers) {
        page.route("**/api/v1/tokens/spend", route -> {
            calls.add(route.request());
            answers[Math.min(calls.size(), answers.length) - 1].accept(route);
        });
    }

    private void answerBalance(long version, long balance) {
        answerBalance(numbers(version, balance));
    }

    private void answerBalance(long version, long balance, long left) {
        answerBalance(numbers(version, balance).put("allowance", allowance(left)));
    }

    private void answerBalance(JsonObject numbers) {
        page.route("**/api/v1/tokens/balance", route -> {
            calls.add(route.request());
            json(route, numbers.encode());
        });
    }

    private static void show(WebSocketRoute socket, long version, long balance) {
        socket.send(numbers(version, balance).put("type", "balance").encode());
    }

    private static void show(WebSocketRoute socket, long version, long balance, long left) {
        socket.send(numbers(version, balance).put("type", "balance").put("allowance", allowance(left)).encode());
    }

    /** What is left of 1,000. */
    private static JsonObject allowance(long left) {
        Allowance allowance = new Allowance(1_000, left);
        return new JsonObject().put("granted", allowance.granted()).put("left", left).put("level", allowance.level());
    }

    private static JsonObject numbers(long version, long balance) {
        return new JsonObject().put("wallet_id", "ada").put("version", version).put("balance", balance)
                .put("available", balance).put("held", 0).put("debt", 0).put("status", "active");
    }

    private List<String> keys() {
        return calls.stream().map(call -> String.valueOf(call.headers().get("idempotency-key"))).toList();
    }

    private static void json(Route route, String body) {
        route.fulfill(new Route.FulfillOptions().setStatus(200).setContentType("application/json").setBody(body));
    }

    private static void problem(Route route, int status, String code, boolean retryable, Map<String, String> headers) {
        String body = new JsonObject().put("type", "urn:purser:problem:" + code).put("title", code)
                .put("status", status).put("detail", code).put("code", code).put("retryable", retryable)
                .put("outcome", "not_applied").encode();
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/problem+json");
        route.fulfill(new Route.FulfillOptions().setStatus(status).setHeaders(all).setBody(body));
    }
}
