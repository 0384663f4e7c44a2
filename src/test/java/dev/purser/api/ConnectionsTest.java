package dev.purser.api;

import static dev.purser.api.ApiFixture.code;
import static dev.purser.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.purser.lane.Outcome;
import dev.purser.lane.Outcome.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionsTest {

    private static final String CLOSE = "Host: localhost\r\nConnection: close\r\n";

    private final ApiFixture api = new ApiFixture();

    @AfterAll
    void close() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%", "a%2", "a%zz", "%", "%%"})
    void shouldRefuseBrokenPercentCoding(String id) {
        String reply = api.raw("GET /api/v1/wallets/" + id + "/balance HTTP/1.1\r\n" + CLOSE + "Authorization: Bearer "
                + TestTokens.of("ann", "") + "\r\n\r\n");
        assertThat(reply).startsWith("HTTP/1.1 400").contains("invalid_request").contains("path/wallet_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONSENSE\r\n\r\n",
            "GET / HTTP/1.1\r\nBad Header: x\r\n\r\n",
            "POST /api/v1/tokens/spend HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
            "POST /api/v1/tokens/spend HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n"})
    void shouldAnswerWhatIsNotHttp(String request) {
        String reply = api.raw(request);
        assertThat(reply).startsWith("HTTP/1.").contains(" 400 ").doesNotContain("Exception").doesNotContain("netty");
    }

    /** What follows in the same bytes may be read as another request by one server, and as a body by another. */
    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: identity, chunked", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: ",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "Host: y"})
    void shouldAnswerOnceAndCloseWhenItIsUnclearWhereARequestEnds(String header) {
        String reply = api.raw("POST /api/v1/tokens/spend HTTP/1.1\r\nHost: x\r\n" + header
                + "\r\nContent-Type: application/json\r\nAuthorization: Bearer " + TestTokens.of("ann", "")
                + "\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(reply).startsWith("HTTP/1.1 400").contains("malformed_http")
                .doesNotContain("a token-wallet service");
        assertThat(reply.split("HTTP/1.1 ", -1)).hasSize(2);
    }

    @Test
    void shouldWantAHost() {
        assertThat(api.raw("GET / HTTP/1.1\r\n\r\n")).contains(" 400 ").contains("malformed_http");
        assertThat(api.raw("GET / HTTP/1.0\r\n\r\n")).contains(" 200 ");
    }

    @Test
    void shouldBoundTheHead() {
        assertThat(api.raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n" + CLOSE + "\r\n")).contains(" 414 ");
        assertThat(api.raw("GET / HTTP/1.1\r\n" + CLOSE + "X: " + "x".repeat(40_000) + "\r\n\r\n")).contains(" 431 ");
    }

    @Test
    void shouldGiveUpSlowBodies() {
        Instant start = Instant.now();
        String reply = api.raw("POST /api/v1/tokens/spend HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: 50\r\nAuthorization: Bearer " + TestTokens.of("ann", "") + "\r\n\r\n{\"amount\"");
        assertThat(reply).contains(" 408 ").contains("request_timeout").contains("not_applied");
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(ApiFixture.DEADLINE.minusMillis(50));
    }

    @Test
    void shouldCloseConnectionsWithoutRequest() {
        assertThat(api.raw("GET / HTTP/1.1\r\nHo")).doesNotContain("200");
    }

    /** What a stranger uploads is let go by, whether it comes before the refusal or after. */
    @Test
    void shouldRefuseAStrangersUploadAtOnce() {
        String body = "x".repeat(1 << 20);
        String reply = api.raw("POST /api/v1/batch HTTP/1.1\r\n" + CLOSE
                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        assertThat(reply).contains(" 401 ").contains("token_missing");
    }

    @Test
    void shouldAnswerByTheDeadlineWhateverHappens() {
        Promise<Outcome> never = Promise.promise();
        api.wallets.answerNext(never.future());
        HttpResponse<String> unkeyed = api.post("/tokens/spend", "ann", "", "{\"amount\":1}");
        api.wallets.answerNext(never.future());
        HttpResponse<String> keyed = api.send(api.to("/tokens/spend", "ann", "").header("Idempotency-Key", "k")
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"amount\":1}")));
        api.wallets.answerNext(never.future());
        HttpResponse<String> read = api.get("/tokens/balance", "ann", "");

        assertThat(code(unkeyed)).isEqualTo("503 unavailable");
        assertThat(unkeyed.body()).contains("\"outcome\":\"unknown\"").contains("\"retryable\":false");
        assertThat(keyed.body()).contains("\"outcome\":\"unknown\"").contains("\"retryable\":true");
        assertThat(read.body()).doesNotContain("outcome").contains("\"retryable\":true");
        assertThat(keyed.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void shouldAnswerUnavailable() {
        for (Reason reason : Reason.values()) {
            api.wallets.answerNext(
                    Future.succeededFuture(new Outcome.Unavailable(reason, 3)));
            HttpResponse<String> reply = api.post("/tokens/spend", "ann", "", "{\"amount\":1}");
            assertThat(code(reply)).isEqualTo("503 unavailable");
            assertThat(reply.body()).contains(reason.text())
                    .contains(reason.outcomeUnknown() ? "\"outcome\":\"unknown\"" : "\"outcome\":\"not_applied\"");
            boolean retryable = !reason.outcomeUnknown() && reason != Reason.REJECTED;
            assertThat(json(reply).getBoolean("retryable")).isEqualTo(retryable);
            // Clients that obey it would do harm where the outcome is unknown.
            assertThat(reply.headers().firstValue("Retry-After")).isEqualTo(
                    retryable ? Optional.of("3") : Optional.empty());
        }
    }

    @Test
    void shouldTellNothingOfItsOwnMistakes() {
        api.wallets.answerNext(Future.failedFuture(new IllegalStateException("secret")));
        HttpResponse<String> reply = api.post("/tokens/spend", "ann", "", "{\"amount\":1}");
        assertThat(code(reply)).isEqualTo("500 internal_error");
        assertThat(reply.body()).doesNotContain("secret").contains("\"outcome\":\"unknown\"");
    }

    @Test
    void shouldRepeatTheRequestsId() {
        HttpResponse<String> given = api
                .send(api.to("/tokens/balance", "ann", "").header("X-Request-Id", "my-1").GET());
        HttpResponse<String> bad = api.send(api.to("/tokens/balance", "ann", "").header("X-Request-Id", "<x>").GET());
        assertThat(given.headers().firstValue("X-Request-Id")).hasValue("my-1");
        assertThat(bad.headers().firstValue("X-Request-Id").orElseThrow()).startsWith("req_");
        assertThat(given.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(given.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void shouldLetAllowedOriginsIn() {
        HttpResponse<String> asked = api.send(api.bare("/api/v1/tokens/spend").header("Origin", ApiFixture.ORIGIN)
                .header("Access-Control-Request-Method", "POST").method("OPTIONS", BodyPublishers.noBody()));
        HttpResponse<String> foreign = api
                .send(api.bare("/api/v1/tokens/spend").header("Origin", "https://evil.example")
                        .header("Access-Control-Request-Method", "POST").method("OPTIONS", BodyPublishers.noBody()));
        HttpResponse<String> refused = api.send(api.bare("/api/v1/tokens/balance").header("Origin", ApiFixture.ORIGIN));

        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ApiFixture.ORIGIN);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Methods").orElseThrow()).contains("POST");
        assertThat(asked.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("Authorization").contains("Idempotency-Key");
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ApiFixture.ORIGIN);
    }

    @Test
    void shouldAnswerHeadLikeGet() {
        HttpResponse<String> reply = api
                .send(api.to("/tokens/balance", "ann", "").method("HEAD", BodyPublishers.noBody()));
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    void shouldShowTheWay() {
        assertThat(api.send(api.bare("/")).statusCode()).isEqualTo(200);
        HttpResponse<String> contract = api.send(api.bare("/openapi.yaml"));
        assertThat(contract.body()).startsWith("openapi: 3.1.0");
        assertThat(contract.headers().firstValue("Content-Type")).hasValue("application/yaml");
        assertThat(api.send(api.bare("/").POST(BodyPublishers.noBody())).statusCode()).isEqualTo(405);
    }

    @Test
    void shouldTellTheMeter() {
        api.metered.clear();
        assertThat(api.get("/tokens/balance", "ann", "").statusCode()).isEqualTo(200);
        assertThat(api.get("/nowhere", "ann", "").statusCode()).isEqualTo(404);
        await().untilAsserted(() -> assertThat(api.metered).containsExactly("getOwnBalance 200", "none 404"));
    }
}
