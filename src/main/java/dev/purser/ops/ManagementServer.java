package dev.purser.ops;

import java.util.TreeMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * What operators and their machines ask: whether the process lives, whether it can serve, and its figures. Started
 * before all else, so that it answers while the database is waited for.
 */
public final class ManagementServer {

    private static final int IDLE_SECONDS = 60;
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Vertx vertx;
    private final Readiness readiness;
    private final Supplier<String> metrics;
    private final HttpServer server;
    private @Nullable Future<String> gathering;

    /** Shows {@code metrics}, figures in Prometheus' text format, which are gathered on a worker thread. */
    public ManagementServer(Vertx vertx, Readiness readiness, Supplier<String> metrics) {
        this.vertx = vertx;
        this.readiness = readiness;
        this.metrics = metrics;
        this.server = vertx.createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS));
    }

    /** Listens, and answers the port that it listens at. */
    public Future<Integer> start(String host, int port) {
        return server.requestHandler(this::answer).listen(port, host).map(HttpServer::actualPort);
    }

    public Future<Void> stop() {
        return server.close();
    }

    private void answer(HttpServerRequest request) {
        switch (request.path()) {
            case "/health/live" -> ifGet(request, () -> json(request, 200, new JsonObject().put("status", "live")));
            case "/health/ready" -> ifGet(request, () -> readiness(request));
            case "/metrics" -> ifGet(request, () -> metrics(request));
            case null, default -> problem(request, 404, "Not Found",
                    "Expected /health/live, /health/ready or /metrics, but found " + request.path());
        }
    }

    private void ifGet(HttpServerRequest request, Runnable answer) {
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            answer.run();
        } else {
            request.response().putHeader("allow", "GET, HEAD");
            problem(request, 405, "Method Not Allowed", "Expected GET, but found " + request.method());
        }
    }

    private void readiness(HttpServerRequest request) {
        JsonObject checks = new JsonObject();
        new TreeMap<>(readiness.checks()).forEach((name, check) -> checks.put(name, switch (check) {
            case Readiness.Check.Ready() -> new JsonObject().put("ready", true);
            case Readiness.Check.Waiting(var why) -> new JsonObject().put("ready", false).put("why", why);
        }));
        boolean ready = readiness.isReady();
        json(request, ready ? 200 : 503,
                new JsonObject().put("status", ready ? "ready" : "waiting").put("checks", checks));
    }

    /** Gathered once for all who ask at the same time, so that asking often costs little. Called on the event loop alone. */
    private Future<String> gathered() {
        Future<String> underWay = gathering;
        if (underWay != null) {
            return underWay;
        }
        Future<String> started = vertx.executeBlocking(metrics::get);
        gathering = started;
        return started.onComplete(_ -> gathering = null);
    }

    private void metrics(HttpServerRequest request) {
        gathered().onComplete(
                text -> end(request, 200, METRICS_TYPE, text),
                failure -> problem(request, 500, "Internal Server Error",
                        "The figures could not be gathered: " + failure));
    }

    private static void problem(HttpServerRequest request, int status, String title, String detail) {
        end(request, status, "application/problem+json", new JsonObject().put("type", "about:blank").put("title", title)
                .put("status", status).put("detail", detail).encode());
    }

    private static void json(HttpServerRequest request, int status, JsonObject body) {
        end(request, status, "application/json", body.encode());
    }

    private static void end(HttpServerRequest request, int status, String type, String body) {
        request.response().setStatusCode(status).putHeader("content-type", type).putHeader("cache-control", "no-store")
                .end(body);
    }
}
