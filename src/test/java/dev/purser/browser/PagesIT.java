package dev.purser.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.purser.support.NodeProcess;
import io.vertx.core.json.JsonObject;

/** The pages, as they come out of the jar. */
@Timeout(120)
class PagesIT {

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    private static final NodeProcess NODE = NodeProcess.inDevelopment("pages");

    @BeforeAll
    static void start() {
        NODE.start().awaitReady();
    }

    @AfterAll
    static void end() {
        NODE.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowTheFirstPageToEverybody(Look look) {
        Window window = CHROMIUM.open(look, "http://localhost:" + NODE.httpPort() + "/");

        assertThat(window.page().title()).contains("Purser");
        window.page().locator("h1").waitFor();
        window.checkAccessible();
        window.checkFits();
        window.picture("first-page-" + look);
    }

    @Test
    void shouldSayWhoOneCanBe() throws Exception {
        HttpResponse<String> reply = HttpClient.newHttpClient().send(HttpRequest
                .newBuilder(URI.create("http://localhost:" + NODE.httpPort() + "/sandbox/users")).build(),
                BodyHandlers.ofString());

        JsonObject said = new JsonObject(reply.body());
        assertThat(said.getJsonArray("users").stream().map(user -> ((JsonObject) user).getString("id")))
                .containsExactly("alice", "bob", "carol", "backend", "admin");
        assertThat(said.getJsonObject("stripe").getBoolean("stand_in")).isTrue();
    }
}
