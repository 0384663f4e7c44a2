package dev.purser.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

class ManagementServerTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Readiness readiness = new Readiness("database", "lanes");
    private final ManagementServer server = new ManagementServer(vertx, readiness, () -> "purser_up 1\n");
    private int port;

    @BeforeEach
    void start() throws Exception {
        port = server.start("127.0.0.1", 0).await(5, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.stop().await(5, TimeUnit.SECONDS);
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void shouldLiveBeforeItIsReady() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldSayWhatItWaitsFor() throws Exception {
        readiness.ready("lanes");
        readiness.waiting("database", "Expected PostgreSQL at db:5432, but connection refused; trying again");

        HttpResponse<String> response = get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(response.body())).isEqualTo(new JsonObject("""
                {"status": "waiting",
                 "checks": {
                   "database": {"ready": false,
                                "why": "Expected PostgreSQL at db:5432, but connection refused; trying again"},
                   "lanes": {"ready": true}}}"""));
    }

    @Test
    void shouldBeReadyWhenAllIs() throws Exception {
        readiness.ready("lanes");
        readiness.ready("database");

        HttpResponse<String> response = get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(response.body()).getString("status")).isEqualTo("ready");
    }

    @Test
    void shouldNotBeReadyWhileItDrains() throws Exception {
        readiness.ready("lanes");
        readiness.ready("database");
        readiness.draining();

        HttpResponse<String> response = get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("about to leave");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldShowTheFigures() throws Exception {
        HttpResponse<String> response = get("/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(response.body()).isEqualTo("purser_up 1\n");
    }

    @Test
    void shouldSayWhatThereIsWhenAskedForSomethingElse() throws Exception {
        HttpResponse<String> response = get("/health");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(new JsonObject(response.body()).getString("detail"))
                .isEqualTo("Expected /health/live, /health/ready or /metrics, but found /health");
    }

    @Test
    void shouldOnlyBeRead() throws Exception {
        HttpResponse<String> response = send(request("/metrics").POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).hasValue("GET, HEAD");
    }

    @Test
    void shouldGatherTheFiguresOnceForAllWhoAsk() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger gathered = new AtomicInteger();
        ManagementServer busy = new ManagementServer(vertx, readiness, () -> {
            gathered.incrementAndGet();
            try {
                assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "purser_up 1\n";
        });
        port = busy.start("127.0.0.1", 0).await(5, TimeUnit.SECONDS);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(client.sendAsync(request("/metrics").build(), HttpResponse.BodyHandlers.ofString()));
        }
        assertThat(get("/health/live").statusCode()).as("meanwhile").isEqualTo(200);
        asked.countDown();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("purser_up 1\n");
        }
        assertThat(gathered.get()).as("times gathered for 50 requests").isLessThan(25);
        busy.stop().await(5, TimeUnit.SECONDS);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}
