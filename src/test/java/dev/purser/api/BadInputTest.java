package dev.purser.api;

import static dev.purser.api.ApiFixture.code;
import static dev.purser.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.json.JsonObject;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

    private static final byte[] SPEND = "{\"amount\":1,\"description\":\"x\"}".getBytes(StandardCharsets.UTF_8);

    private final ApiFixture api;

    BadInputTest() {
        api = new ApiFixture();
    }

    @BeforeAll
    void fill() {
        api.credit("ann", 1_000);
    }

    @AfterAll
    void close() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "1.0", "1.0e2", "1e3", "9223372036854775808", "-9223372036854775809",
            "\"10\"", "null", "true", "[]", "{}", "[1]", "{\"a\":{}}",
            "99999999999999999999999999999999999999999999999999"})
    void shouldRefuseAmount(String amount) {
        HttpResponse<String> reply = spend("{\"amount\":" + amount + "}");

        assertThat(code(reply)).isEqualTo("400 invalid_request");
        assertThat(json(reply).getString("detail")).startsWith("Expected a whole number of at least 1")
                .contains("/amount, but ");
        assertThat(json(reply).getJsonArray("errors").getJsonObject(0).getString("pointer")).isEqualTo("/amount");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "}", "[]", "1", "null", "\"x\"", "{\"amount\":1}}", "{\"amount\":1} 2",
            "{\"amount\":1,}", "{amount:1}", "{'amount':1}", "{\"amount\":NaN}", "{\"amount\":Infinity}",
            "{\"amount\":01}", "{\"amount\":+1}", "{\"amount\":0x10}", "{\"amount\":1}/* x */", "{\"amount\":1",
            "{}", "{\"amount\":1,\"amount\":2}", "{\"amount\":1,\"balance\":9}", "{\"Amount\":1}",
            "{\"amount\":1,\"description\":7}", "{\"amount\":1,\"description\":null}",
            "{\"amount\":1,\"description\":\"\\u0000\"}", "{\"amount\":1,\"description\":\"a\\nb\"}",
            "{\"amount\":1,\"description\":\"a\nb\"}", "{\"amount\":1,\"description\":\"\\ud800\"}",
            "{\"amount\":1,\"description\":\"\\udc00x\"}", "{\"amount\":1,\"metadata\":[]}",
            "{\"amount\":1,\"metadata\":\"x\"}", "{\"amount\":1,\"metadata\":{\"a\":1,\"a\":2}}",
            "{\"amount\":1,\"metadata\":{\"a\":\"\\u0000\"}}", "{\"amount\":1,\"metadata\":{\"\\u0001\":1}}",
            "{\"amount\":1,\"metadata\":{\"a\":1e999999}}", "{\"amount\":1,\"metadata\":{\"a\":1e99999999999}}",
            "{\"amount\":1,\"metadata\":{\"a\":{\"b\":{\"c\":{\"d\":[]}}}}}"})
    void shouldRefuseBody(String body) {
        assertThat(code(spend(body))).isEqualTo("400 invalid_request");
    }

    @Test
    void shouldRefuseBodyThatIsTooDeepOrTooLong() {
        assertThat(code(spend("{\"amount\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}")))
                .isEqualTo("400 invalid_request");
        assertThat(code(spend("[".repeat(60_000)))).isEqualTo("400 invalid_request");
        assertThat(code(spend("{\"amount\":1,\"description\":\"" + "x".repeat(501) + "\"}")))
                .isEqualTo("400 invalid_request");
        assertThat(code(spend("{\"amount\":1,\"metadata\":{\"x\":\"" + "x".repeat(4_096) + "\"}}")))
                .isEqualTo("400 invalid_request");
        assertThat(code(spend("{\"amount\":" + "1".repeat(5_000) + "}"))).isEqualTo("400 invalid_request");
    }

    @Test
    void shouldTakeWhatIsJustAllowed() {
        String emoji = "\uD83D\uDE00".repeat(500);
        assertThat(spend("{\"amount\":1,\"description\":\"" + emoji + "\"}").statusCode()).isEqualTo(200);
        assertThat(spend(" {\"metadata\":{\"a\":{\"b\":{\"c\":1}},\"n\":-1.5e3,\"t\":\"a\\nb\"},\"amount\" : 1 }\n")
                .statusCode()).isEqualTo(200);
    }

    static Stream<byte[]> badBytes() {
        return Stream.of(spliced(0, 0xEF, 0xBB, 0xBF), spliced(28, 0xFF), spliced(28, 0xC0, 0x80),
                spliced(28, 0xED, 0xA0, 0x80), spliced(28, 0xC3), spliced(28, 0xF8, 0x88, 0x80, 0x80, 0x80),
                new String(SPEND, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE),
                new String(SPEND, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16), spliced(28, 0));
    }

    private static byte[] spliced(int at, int... bytes) {
        byte[] spliced = new byte[SPEND.length + bytes.length];
        System.arraycopy(SPEND, 0, spliced, 0, at);
        for (int i = 0; i < bytes.length; i++) {
            spliced[at + i] = (byte) bytes[i];
        }
        System.arraycopy(SPEND, at, spliced, at + bytes.length, SPEND.length - at);
        return spliced;
    }

    @ParameterizedTest
    @MethodSource("badBytes")
    void shouldRefuseWhatIsNotUtf8(byte[] body) {
        assertThat(code(api.send(spendRequest("application/json").POST(BodyPublishers.ofByteArray(body)))))
                .isEqualTo("400 invalid_request");
    }

    @Test
    void shouldRefuseLargeBodies() {
        String large = "{\"amount\":1,\"description\":\"" + "x".repeat(65 << 10) + "\"}";

        assertThat(code(spend(large))).isEqualTo("413 body_too_large");
        assertThat(code(api.send(spendRequest("application/json").POST(BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))))))
                .isEqualTo("413 body_too_large");
        assertThat(spend("{\"amount\":1}").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"text/plain|415", "application/x-www-form-urlencoded|415",
            "application/json; charset=iso-8859-1|415", "application/jsonp|415", "application/json, text/plain|415",
            "application/json; charset=UTF-8|200", "Application/JSON;charset=\"utf-8\"|200"})
    void shouldLookAtTheContentType(String type, int status) {
        assertThat(api.send(spendRequest(type).POST(BodyPublishers.ofByteArray(SPEND))).statusCode())
                .isEqualTo(status);
    }

    @Test
    void shouldRefuseMissingContentType() {
        HttpRequest.Builder bare = api.to("/tokens/spend", "ann", "");
        assertThat(code(api.send(bare.POST(BodyPublishers.ofByteArray(SPEND)))))
                .isEqualTo("415 unsupported_media_type");
    }

    /** Packed bodies would have to be unpacked before their size is known. */
    @ParameterizedTest
    @CsvSource({"gzip,415", "deflate,415", "'gzip, identity',415", "identity,200"})
    void shouldRefusePackedBodies(String coding, int status) {
        assertThat(api.send(spendRequest("application/json").header("Content-Encoding", coding)
                .POST(BodyPublishers.ofByteArray(SPEND))).statusCode()).isEqualTo(status);
    }

    /** The database writes 1e399 out with 400 digits. */
    @Test
    void shouldMeasureMetadataAsItIsStored() {
        assertThat(code(spend("{\"amount\":1,\"metadata\":{\"a\":[" + "1e399,".repeat(20) + "1]}}")))
                .isEqualTo("400 invalid_request");
        assertThat(code(spend("{\"amount\":1,\"metadata\":{\"a\":[" + "1e-99,".repeat(60) + "1]}}")))
                .isEqualTo("400 invalid_request");
        assertThat(spend("{\"amount\":1,\"metadata\":{\"a\":[" + "1e30,".repeat(60) + "1]}}").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59:59-00:01", "9999-12-31T23:59:59.999999999-18:00",
            "2099-01-01T00:00+00:00",
            "2099-01-01T00:00:00+00:00:30", "2099-01-01 00:00:00Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+00:01",
            "2099-06-30T23:59:60Z", "2099-02-29T00:00:00Z"})
    void shouldRefuseTimesThatRfc3339CannotWrite(String time) {
        assertThat(code(credit(time))).isEqualTo("400 invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59:59.999999999Z", "2099-01-01t00:00:00z", "2099-01-01T00:00:00.5+14:00"})
    void shouldTakeTimesOfRfc3339(String time) {
        assertThat(credit(time).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> credit(String expiresAt) {
        return api.post("/wallets/bob/credits", "shop", "wallets:credit",
                "{\"amount\":1,\"source\":\"promo\",\"reason\":\"r\",\"expires_at\":\"" + expiresAt + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "a%0Ab", "%FF", "%C3%A9", "a%20b", "a%2Fb", "a*b", "a%22b",
            "a;b", "%E2%80%8B"})
    void shouldRefuseWalletId(String id) {
        assertThat(code(api.get("/wallets/" + id + "/balance", "ann", "wallets:read")))
                .isEqualTo("400 invalid_request");
    }

    @Test
    void shouldRefuseLongWalletIds() {
        assertThat(api.get("/wallets/" + "w".repeat(128) + "/balance", "ann", "wallets:read").statusCode())
                .isEqualTo(200);
        HttpResponse<String> reply = api.get("/wallets/" + "w".repeat(200) + "/balance", "ann", "wallets:read");
        assertThat(code(reply)).isEqualTo("400 invalid_request");
        assertThat(json(reply).getJsonArray("errors").getJsonObject(0).getString("pointer"))
                .isEqualTo("path/wallet_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth0%7Cabc123", "ann.lee+x@example.com", "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
            "google-oauth2%7C10", "svc@clients", "a:b~c"})
    void shouldTakeUsualSubjects(String id) {
        HttpResponse<String> reply = api.get("/wallets/" + id + "/balance", "ann", "wallets:read");
        assertThat(json(reply).getString("wallet_id")).isEqualTo(id.replace("%7C", "|"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=1.0", "limit=", "limit", "limit=1e1", "limit=%31x",
            "limit=5&limit=5", "offset=3", "kind=bribe", "from=yesterday", "from=2026-13-01T00:00:00Z",
            "from=2026-11-01",
            "to=%2B1000000000-01-01T00:00:00Z", "cursor=abc", "cursor=%00", "wallet_id=bob", "&"})
    void shouldRefuseQuery(String query) {
        assertThat(api.get("/tokens/history?" + query, "ann", "").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"/nothing", "/tokens", "/tokens/balance/", "//tokens/balance", "/wallets//balance/x",
            "/tokens/Balance"})
    void shouldNotFind(String path) {
        assertThat(code(api.get(path, "ann", ""))).isEqualTo("404 not_found");
    }

    @Test
    void shouldSayWhichMethodsThereAre() {
        HttpResponse<String> reply = api.get("/tokens/spend", "ann", "");
        assertThat(code(reply)).isEqualTo("405 method_not_allowed");
        assertThat(reply.headers().firstValue("Allow")).hasValue("POST, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "\"abc", "\"\"", "\"a\"b\"", "\"a\\x\"", "\"a\";p=1", "\"", "\"\\\""})
    void shouldRefuseIdempotencyKey(String key) {
        assertThat(code(api.send(spendRequest("application/json").header("Idempotency-Key", key)
                .POST(BodyPublishers.ofByteArray(SPEND))))).isEqualTo("400 invalid_key");
    }

    @Test
    void shouldRefuseLongIdempotencyKey() {
        assertThat(code(api.send(spendRequest("application/json").header("Idempotency-Key", "k".repeat(256))
                .POST(BodyPublishers.ofByteArray(SPEND))))).isEqualTo("400 invalid_key");
    }

    @Test
    void shouldRefuseWholeBatchWithOneBadOperation() {
        HttpResponse<String> reply = api.post("/batch", "ann", "", """
                {"operations":[{"type":"spend","wallet_id":"ann","amount":1},
                               {"amount":1.5,"wallet_id":"ann","type":"spend"},
                               {"type":"steal","wallet_id":"ann","amount":1},
                               {"wallet_id":"ann"}, 7,
                               {"type":"extend","wallet_id":"ann","hold_id":"h"}]}""");
        assertThat(code(reply)).isEqualTo("400 invalid_request");
        assertThat(json(reply).getJsonArray("errors").stream()
                .map(error -> ((JsonObject) error).getString("pointer")))
                .containsExactly("/operations/1/amount", "/operations/2", "/operations/3", "/operations/4",
                        "/operations/5");
        assertThat(code(api.post("/batch", "ann", "", "{\"operations\":[]}"))).isEqualTo("400 invalid_request");
    }

    private HttpResponse<String> spend(String body) {
        return api.send(spendRequest("application/json").POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder spendRequest(String type) {
        return api.to("/tokens/spend", "ann", "").header("Content-Type", type);
    }
}
