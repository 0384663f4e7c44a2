package dev.purser.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.purser.lane.Ids;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * Stands in for Stripe where there is none: speaks as much of its API as is used here, knows its test payment methods, and
 * tells of each change by a signed webhook. On loopback only, and all in memory.
 */
public final class StripeStandIn {

    /** What it is asked with. No secret: it stands here. */
    public static final String KEY = "sk_test_purser_stand_in";

    private static final int MOST_INTENTS = 10_000;
    private static final String INTENTS = "/v1/payment_intents";
    private static final String STATUS = "status";

    private final HttpServer server;
    private final String webhookSecret = Ids.secret("whsec_");
    private final StripeEventSender events;
    /** Used on the server's one event loop. */
    private final Map<String, JsonObject> intents = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JsonObject> eldest) {
            return size() > MOST_INTENTS;
        }
    };
    private final Map<String, Answered> answered = new HashMap<>();

    /** What was answered under a key, to which request. */
    private record Answered(String request, int status, JsonObject body) {
    }

    private StripeStandIn(Vertx vertx) {
        this.server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false));
        this.events = new StripeEventSender(vertx, webhookSecret);
    }

    /** Starts it on a free port of loopback. */
    public static Future<StripeStandIn> start(Vertx vertx) {
        StripeStandIn standIn = new StripeStandIn(vertx);
        return standIn.server.requestHandler(standIn::handle).listen(0, "127.0.0.1").map(standIn);
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** What it signs its events with, another one at each start. */
    public String webhookSecret() {
        return webhookSecret;
    }

    /** Where it sends its events to from now on. */
    public void tell(String webhookUrl) {
        events.to(webhookUrl);
    }

    public Future<Void> stop() {
        events.stop();
        return server.close();
    }

    private void handle(HttpServerRequest request) {
        request.setExpectMultipart(request.getHeader("Content-Type") != null);
        request.end().onSuccess(_ -> {
            String path = String.valueOf(request.path());
            if (!("Bearer " + KEY).equals(request.getHeader("Authorization"))) {
                error(request.response(), 401, "invalid_request_error", "Invalid API Key provided");
            } else if (request.method().equals(HttpMethod.POST) && path.equals(INTENTS)) {
                create(request);
            } else if (request.method().equals(HttpMethod.POST) && path.matches(INTENTS + "/\\w+/authenticate")) {
                authenticate(request.response(), path.split("/", -1)[3]);
            } else {
                error(request.response(), 404, "invalid_request_error",
                        "Unrecognized request URL (" + request.method() + ": " + path + ")");
            }
        });
    }

    private void create(HttpServerRequest request) {
        MultiMap form = request.formAttributes();
        String key = request.getHeader("Idempotency-Key");
        Answered before = key == null ? null : answered.get(key);
        if (before != null && before.request().equals(form.entries().toString())) {
            send(request.response().putHeader("Idempotent-Replayed", "true"), before.status(), before.body());
        } else if (before != null) {
            error(request.response(), 400, "idempotency_error",
                    "Keys for idempotent requests can only be used with the same parameters they were first used with.");
        } else {
            Answered now = created(form);
            if (key != null && answered.size() < MOST_INTENTS) {
                answered.put(key, now);
            }
            send(request.response(), now.status(), now.body());
        }
    }

    private Answered created(MultiMap form) {
        String request = form.entries().toString();
        String method = String.valueOf(form.get("payment_method"));
        if (!method.startsWith("pm_card_")) {
            return new Answered(request, 400,
                    errorOf("invalid_request_error", "No such PaymentMethod: '" + method + "'"));
        }
        JsonObject intent = intent(form);
        intents.put(intent.getString("id"), intent);
        return switch (method) {
            case "pm_card_chargeDeclined", "pm_card_chargeDeclinedInsufficientFunds" -> {
                intent.put(STATUS, "requires_payment_method");
                events.send("payment_intent.payment_failed", intent);
                JsonObject error = errorOf("card_error", "Your card was declined.");
                error.getJsonObject("error").put("code", "card_declined").put("decline_code", "generic_decline")
                        .put("payment_intent", intent);
                yield new Answered(request, 402, error);
            }
            case "pm_card_authenticationRequired", "pm_card_threeDSecure2Required" -> {
                intent.put(STATUS, "requires_action").put("next_action",
                        new JsonObject().put("type", "use_stripe_sdk"));
                events.send("payment_intent.requires_action", intent);
                yield new Answered(request, 200, intent.copy());
            }
            default -> {
                succeed(intent);
                yield new Answered(request, 200, intent.copy());
            }
        };
    }

    private static JsonObject intent(MultiMap form) {
        JsonObject metadata = new JsonObject();
        form.forEach((name, value) -> {
            if (name.startsWith("metadata[")) {
                metadata.put(name.substring("metadata[".length(), name.length() - 1), value);
            }
        });
        String id = Ids.next("pi_");
        return new JsonObject().put("id", id).put("object", "payment_intent")
                .put("amount", Long.valueOf(form.get("amount"))).put("amount_received", 0L)
                .put("currency", form.get("currency")).put("client_secret", id + "_secret_" + Ids.next(""))
                .put("livemode", false).put("metadata", metadata).put("created", Instant.now().getEpochSecond());
    }

    private void succeed(JsonObject intent) {
        intent.put(STATUS, "succeeded").put("amount_received", intent.getLong("amount"));
        intent.remove("next_action");
        events.send("payment_intent.succeeded", intent);
    }

    /** What the buyer's bank does, once the buyer has said that it was them. */
    private void authenticate(HttpServerResponse response, String id) {
        JsonObject intent = intents.get(id);
        if (intent == null || !intent.getString(STATUS).equals("requires_action")) {
            error(response, 404, "invalid_request_error", "No payment waits for anything under " + id);
            return;
        }
        succeed(intent);
        send(response, 200, intent);
    }

    private static void error(HttpServerResponse response, int status, String type, String message) {
        send(response, status, errorOf(type, message));
    }

    private static JsonObject errorOf(String type, String message) {
        return new JsonObject().put("error", new JsonObject().put("type", type).put("message", message));
    }

    private static void send(HttpServerResponse response, int status, JsonObject body) {
        response.setStatusCode(status).putHeader("Content-Type", "application/json")
                .putHeader("Request-Id", Ids.next("req_")).end(body.toString(), StandardCharsets.UTF_8.name());
    }
}
