package dev.purser.support;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.purser.payments.StripeWebhook;
import dev.purser.sandbox.DemoTokens;
import dev.purser.sandbox.DemoUser;
import io.vertx.core.json.JsonObject;

/** Calls a node over HTTP as one user. Calls block, and fail when there is no answer. */
public final class NodeClient {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final String base;
    private final String token;

    private NodeClient(String base, String token) {
        this.base = base;
        this.token = token;
    }

    /** A client with a token of the user's, signed with the node's secret. */
    public static NodeClient of(String base, String secret, DemoUser user) {
        return new NodeClient(base, new DemoTokens(secret, null, null, Instant.now()).of(user));
    }

    /** An answer; what it says is read as JSON when asked for. */
    public record Reply(int status, HttpResponse<String> response) {

        public JsonObject json() {
            return new JsonObject(text());
        }

        public String text() {
            return response.body();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public Reply get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    public Reply getCsv(String path) throws IOException, InterruptedException {
        return send(request(path).header("Accept", "text/csv").GET());
    }

    public Reply post(String path, JsonObject body) throws IOException, InterruptedException {
        return post(path, body, null);
    }

    public Reply post(String path, JsonObject body, @Nullable String key) throws IOException, InterruptedException {
        HttpRequest.Builder request = json(request(path)).POST(HttpRequest.BodyPublishers.ofString(body.encode()));
        return send(key == null ? request : request.header("Idempotency-Key", key));
    }

    public Reply put(String path, JsonObject body) throws IOException, InterruptedException {
        return send(json(request(path)).PUT(HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    /** Tells it of an event, as Stripe does. */
    public Reply tell(String event) throws IOException, InterruptedException {
        return send(json(HttpRequest.newBuilder(URI.create(base + StripeWebhook.PATH)).timeout(PATIENCE))
                .header("Stripe-Signature", StripeEvents.signed(event))
                .POST(HttpRequest.BodyPublishers.ofString(event)));
    }

    /** Asks another server than the API, and without a token. */
    static Reply getPlain(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + "/api/v1" + path)).timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.Builder json(HttpRequest.Builder request) {
        return request.header("Content-Type", "application/json");
    }

    private static Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        return new Reply(response.statusCode(), response);
    }
}
