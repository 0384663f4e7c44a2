package dev.purser.payments;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.purser.support.LaneRig;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** A server that Stripe's own library takes for Stripe: it writes down what it is asked, and answers what the test says. */
final class FakeStripe {

    static final String KEY = "sk_test_of_the_tests";

    final ConcurrentLinkedQueue<Asked> asked = new ConcurrentLinkedQueue<>();
    volatile Function<Asked, Reply> answer = _ -> error(500, "api_error", "The test says nothing");
    /** Whether it takes what it is asked and says nothing. */
    volatile boolean silent;
    /** Whether it answers a little now and then, and never comes to an end. */
    volatile boolean endless;
    private final Vertx vertx;
    /** Endless answers that nobody listened to any more. */
    final AtomicInteger dropped = new AtomicInteger();
    private final HttpServer server;

    /** A request, with its form and its key. */
    record Asked(String method, String path, MultiMap form, @Nullable String key) {
    }

    /** {@code replayed} when it is what the key's first request was answered. */
    record Reply(int status, JsonObject body, boolean replayed) {
    }

    FakeStripe(Vertx vertx) {
        this.vertx = vertx;
        server = LaneRig.await(vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void handle(HttpServerRequest request) {
        request.setExpectMultipart(request.getHeader("Content-Type") != null);
        request.end().onSuccess(_ -> {
            Asked question = new Asked(request.method().name(), String.valueOf(request.path()),
                    request.formAttributes(), request.getHeader("Idempotency-Key"));
            asked.add(question);
            if (silent) {
                return;
            }
            if (endless) {
                drip(request.response().setChunked(true));
                return;
            }
            Reply reply = answer.apply(question);
            if (reply.replayed()) {
                request.response().putHeader("Idempotent-Replayed", "true");
            }
            request.response().setStatusCode(reply.status()).putHeader("Content-Type", "application/json")
                    .end(reply.body().toBuffer());
        });
    }

    private void drip(HttpServerResponse response) {
        long timer = vertx.setPeriodic(50, _ -> response.write(" "));
        response.closeHandler(_ -> {
            dropped.incrementAndGet();
            vertx.cancelTimer(timer);
        });
    }

    static Reply ok(JsonObject body) {
        return new Reply(200, body, false);
    }

    static Reply error(int status, String type, String message) {
        return new Reply(status, new JsonObject().put("error",
                new JsonObject().put("type", type).put("message", message)), false);
    }

    /** A page that nobody has paid on yet. */
    static JsonObject session(String id, Asked asked) {
        return new JsonObject().put("id", id).put("object", "checkout.session").put("status", "open")
                .put("payment_status", "unpaid").put("url", "https://checkout.example/c/pay/" + id)
                .put("metadata", metadata(asked));
    }

    static JsonObject intent(String id, String status, Asked asked) {
        return new JsonObject().put("id", id).put("object", "payment_intent").put("status", status)
                .put("client_secret", id + "_secret").put("metadata", metadata(asked));
    }

    static Reply declined(String id, Asked asked) {
        Reply error = error(402, "card_error", "Your card was declined.");
        error.body().getJsonObject("error").put("code", "card_declined").put("decline_code", "generic_decline")
                .put("payment_intent", intent(id, "requires_payment_method", asked));
        return error;
    }

    private static JsonObject metadata(Asked asked) {
        JsonObject metadata = new JsonObject();
        asked.form().forEach((name, value) -> {
            if (name.startsWith("metadata[")) {
                metadata.put(name.substring("metadata[".length(), name.length() - 1), value);
            }
        });
        return metadata;
    }
}
