package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.nimbusds.jwt.SignedJWT;

import dev.purser.support.LaneRig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;

class SandboxUsersTest {

    private static final String SECRET = "a-secret-that-is-used-in-this-test-only";
    private static final String STAND_IN = "http://127.0.0.1:41234";
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpServer SERVER = VERTX.createHttpServer()
            .requestHandler(new SandboxUsers(now -> new DemoTokens(SECRET, null, null, now), STAND_IN));

    @BeforeAll
    static void start() {
        assertThat(LaneRig.await(SERVER.listen(0, "0.0.0.0")).actualPort()).isPositive();
    }

    @AfterAll
    static void end() {
        LaneRig.await(VERTX.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "[::1]"})
    void shouldTellThisMachine(String host) throws Exception {
        String reply = ask(HERE, "GET", host);

        assertThat(reply).startsWith("HTTP/1.1 200").contains("cache-control: no-store")
                .doesNotContainIgnoringCase("access-control");
        JsonObject said = new JsonObject(reply.substring(reply.indexOf("\r\n\r\n")));
        JsonObject admin = said.getJsonArray("users").getJsonObject(4);
        assertThat(admin.getString("id")).isEqualTo("admin");
        assertThat(admin.getJsonArray("scopes")).contains("admin");
        assertThat(SignedJWT.parse(admin.getString("token")).getJWTClaimsSet().getSubject()).isEqualTo("admin");
        assertThat(said.getJsonObject("stripe")).isEqualTo(new JsonObject().put("stand_in", true).put("url", STAND_IN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example:8080", "evil.example:localhost", "10.0.0.1",
            "127.0.0.1.evil.example", ""})
    void shouldNotTellWhoWasSentHereByAnotherName(String host) throws Exception {
        assertThat(ask(HERE, "GET", host)).matches("(?s)HTTP/1.1 40[04] .*").doesNotContain("token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "HEAD", "OPTIONS", "DELETE"})
    void shouldNotDoAnythingElse(String method) throws Exception {
        assertThat(ask(HERE, method, "localhost")).startsWith("HTTP/1.1 404").doesNotContain("token");
    }

    @Test
    void shouldNotTellOtherMachines() throws Exception {
        Optional<InetAddress> outer = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress()).findFirst();
        Assumptions.assumeTrue(outer.isPresent(), "this machine has no address that others could have");

        assertThat(ask(outer.orElseThrow(), "GET", "localhost")).startsWith("HTTP/1.1 404")
                .doesNotContain("token");
    }

    private static String ask(InetAddress address, String method, String host) throws IOException {
        try (Socket socket = new Socket(address, SERVER.actualPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((method + " /sandbox/users HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
