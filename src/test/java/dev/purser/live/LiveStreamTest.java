package dev.purser.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.vertx.core.json.JsonObject;

/** What a client meets that would rather have a stream of events. */
@Timeout(30)
class LiveStreamTest {

    private final DoorRig rig = new DoorRig(DoorRig.settings());
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void end() {
        client.shutdownNow();
        rig.close();
    }

    private HttpRequest.Builder request(Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + rig.port + LiveDoor.PATH));
        headers.forEach(request::header);
        return request;
    }

    private HttpResponse<InputStream> open(Map<String, String> headers) throws IOException, InterruptedException {
        return client.send(request(headers).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static Map<String, String> as(String token) {
        return Map.of("Accept", "text/event-stream", "Authorization", "Bearer " + token);
    }

    private static BufferedReader reader(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** The lines of the next event, comments left out. */
    private static List<String> next(BufferedReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        String line = reader.readLine();
        while (line != null && !(line.isEmpty() && !lines.isEmpty())) {
            if (!line.isEmpty() && !line.startsWith(":")) {
                lines.add(line);
            }
            line = reader.readLine();
        }
        return lines;
    }

    private static JsonObject data(List<String> event) {
        return new JsonObject(event.getLast().substring("data: ".length()));
    }

    @Test
    void shouldShowTheBalanceAtOnceAndAfterEachChange() throws Exception {
        HttpResponse<InputStream> response = open(as("ada"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        BufferedReader reader = reader(response);
        assertThat(data(next(reader)).getLong("balance")).isZero();
        rig.change("ada", 3, 30);
        List<String> event = next(reader);
        assertThat(event).startsWith("id: 3", "event: balance");
        assertThat(data(event).getLong("balance")).isEqualTo(30);
    }

    @Test
    void shouldGoOnWhereItBrokeOff() throws Exception {
        HttpResponse<InputStream> response = open(
                Map.of("Accept", "text/event-stream", "Authorization", "Bearer ada", "Last-Event-ID", "4"));
        BufferedReader reader = reader(response);
        assertThat(next(reader)).startsWith("id: 4", "event: current");
        rig.change("ada", 4, 1);
        rig.change("ada", 5, 2);
        assertThat(next(reader)).startsWith("id: 5");
    }

    @Test
    void shouldWarnWhenAnAllowanceIsNearItsEnd() throws Exception {
        BufferedReader reader = reader(open(as("ada")));
        assertThat(next(reader)).contains("event: balance");
        rig.leave("ada", 1, 50);
        assertThat(next(reader)).startsWith("id: 1");
        assertThat(next(reader)).containsExactly("event: warning", "data: {\"type\":\"warning\",\"level\":90}");
    }

    @Test
    void shouldSayWhyItEnds() throws Exception {
        BufferedReader reader = reader(open(as("ada_60")));
        assertThat(next(reader)).contains("event: balance");
        rig.now = rig.now.plusSeconds(60);
        assertThat(next(reader)).contains("event: expired");
        assertThat(reader.readLine()).isNull();
        await().until(() -> rig.watched.isEmpty() && rig.hub.clients() == 0);
    }

    @Test
    void shouldNoticeThatAClientIsGone() throws Exception {
        HttpResponse<InputStream> response = open(as("ada"));
        assertThat(next(reader(response))).contains("event: balance");
        response.body().close();
        await().until(() -> rig.watched.isEmpty() && rig.hub.clients() == 0);
    }

    @Test
    void shouldRefuseWhoeverHasNoGoodToken() throws Exception {
        for (Map<String, String> headers : List.of(as("forged"), Map.of("Accept", "text/event-stream"),
                Map.of("Accept", "text/event-stream", "Authorization", "Basic ada"))) {
            HttpResponse<InputStream> response = open(headers);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
        assertThat(rig.hub.clients()).isZero();
        rig.keysAreThere = false;
        assertThat(open(as("ada")).statusCode()).isEqualTo(503);
        assertThat(rig.hub.clients()).isZero();
    }

    @Test
    void shouldSayWhatItExpects() throws Exception {
        HttpResponse<InputStream> plain = open(Map.of("Authorization", "Bearer ada"));
        assertThat(plain.statusCode()).isEqualTo(426);
        HttpResponse<String> post = client.send(
                request(as("ada")).POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(new JsonObject(post.body()).getString("detail")).isEqualTo("Expected a GET");
    }

    @Test
    void shouldLetPagesOfAllowedOriginsFetchIt() throws Exception {
        HttpResponse<String> asked = client.send(request(Map.of("Origin", "https://app.example"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(asked.statusCode()).isEqualTo(204);
        assertThat(asked.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example");
        assertThat(open(Map.of("Accept", "text/event-stream", "Authorization", "Bearer ada", "Origin",
                "https://app.example")).headers().firstValue("Access-Control-Allow-Origin"))
                .contains("https://app.example");
        assertThat(open(Map.of("Accept", "text/event-stream", "Authorization", "Bearer ada", "Origin",
                "https://evil.example")).statusCode()).isEqualTo(403);
    }
}
