package dev.purser.live;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Where clients of one event loop come in that want to see their balance change. */
public final class LiveDoor implements Handler<HttpServerRequest> {

    public static final String PATH = "/api/v1/tokens/live";
    /** What is spoken at a WebSocket here. */
    public static final String PROTOCOL = "purser.v1";

    private static final String TOKEN_PROTOCOL = "bearer.";
    private static final String SCHEME = "Bearer ";
    private static final long TICK_MILLIS = 1_000;

    private final Vertx vertx;
    private final Surroundings around;
    private final InstantSource clock;
    private final Origins origins;
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final Set<LiveSocket> sockets = new LinkedHashSet<>();
    /** Those who had not said who they are when that was looked at last, the longest here first. */
    private final Deque<Session> strangers = new ArrayDeque<>();

    /** To be made on the event loop that it is for. */
    public LiveDoor(Vertx vertx, Surroundings around, InstantSource clock) {
        this.vertx = vertx;
        this.around = around;
        this.clock = clock;
        this.origins = new Origins(around.settings().allowedOrigins());
        long _ = vertx.setPeriodic(TICK_MILLIS, _ -> tick());
    }

    private void tick() {
        sockets.forEach(LiveSocket::tick);
        strangers.removeIf(session -> !session.isStranger());
        List.copyOf(sessions).forEach(session -> session.tick(clock.instant()));
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.OPTIONS) && origins.allow(request)) {
            preflight(request);
        } else if (!request.method().equals(HttpMethod.GET)) {
            request.response().putHeader(HttpHeaders.ALLOW, "GET");
            refuse(request, 405, "method_not_allowed", "Expected a GET");
        } else if (!origins.allow(request)) {
            refuse(request, 403, "origin_not_allowed",
                    "Expected a page of this service or of an origin in http.allowed_origins");
        } else if (request.canUpgradeToWebSocket()) {
            enter(request, () -> upgrade(request));
        } else if (accepts(request, "text/event-stream")) {
            enter(request, () -> stream(request));
        } else {
            request.response().putHeader(HttpHeaders.UPGRADE, "websocket");
            refuse(request, 426, "upgrade_required",
                    "Expected a WebSocket, or a client that accepts text/event-stream");
        }
    }

    private void enter(HttpServerRequest request, Runnable serve) {
        if (around.hub().enter() || (makeRoom() && around.hub().enter())) {
            serve.run();
        } else {
            request.response().putHeader("Retry-After", "5");
            refuse(request, 503, "overloaded", "Expected room for one more live client, but there is none just now");
        }
    }

    /** Nobody needs a token to come this far: so whoever has said nothing for longest goes, rather than that nobody comes in. */
    private boolean makeRoom() {
        for (Session next = strangers.poll(); next != null; next = strangers.poll()) {
            if (next.isStranger()) {
                next.endNow(Farewell.LATER);
                return true;
            }
        }
        return false;
    }

    private void upgrade(HttpServerRequest request) {
        Optional<String> token = token(request);
        request.toWebSocket().onFailure(_ -> around.hub().leave()).onSuccess(socket -> {
            LiveSocket line = new LiveSocket(socket, around.meter());
            Session session = new Session(around, vertx.getOrCreateContext(), line, gone -> {
                sessions.remove(gone);
                sockets.remove(line);
            });
            sessions.add(session);
            strangers.add(session);
            sockets.add(line);
            line.serve(session);
            token.ifPresent(session::signIn);
        });
    }

    /** A browser can send a token along only as the name of a second protocol. */
    private static Optional<String> token(HttpServerRequest request) {
        return request.headers().getAll("Sec-WebSocket-Protocol").stream()
                .flatMap(header -> Arrays.stream(header.split(","))).map(String::strip)
                .filter(each -> each.startsWith(TOKEN_PROTOCOL)).map(each -> each.substring(TOKEN_PROTOCOL.length()))
                .findFirst();
    }

    private void stream(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        String token = header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : "";
        around.gate().admit(token).onSuccess(pass -> {
            switch (pass) {
                case Gate.Pass.Granted granted -> stream(request, granted);
                case Gate.Pass.Denied(var reason) -> {
                    around.hub().leave();
                    request.response().putHeader("WWW-Authenticate", "Bearer realm=\"purser\"");
                    refuse(request, 401, "unauthorized", "Expected a valid token, but " + reason);
                }
                case Gate.Pass.Unknown() -> {
                    around.hub().leave();
                    refuse(request, 503, "keys_unavailable",
                            "Expected keys to verify the token with, but they cannot be had for the moment");
                }
            }
        });
    }

    private void stream(HttpServerRequest request, Gate.Pass.Granted granted) {
        LiveStream line = new LiveStream(request, around.meter());
        Session session = new Session(around, vertx.getOrCreateContext(), line, sessions::remove);
        sessions.add(session);
        allowReading(request);
        line.serve(session);
        Long version = lastSeen(request);
        if (version != null) {
            session.resume(version);
        }
        session.admitted(granted.caller(), granted.expiresAt());
    }

    /** What a browser asks before a page of another origin may fetch the stream. */
    private static void preflight(HttpServerRequest request) {
        allowReading(request);
        request.response().setStatusCode(204).putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET")
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Last-Event-ID").end()
                .onComplete(_ -> request.connection().close());
    }

    /** A page of another origin that may connect may read the answer as well. */
    private static void allowReading(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null) {
            request.response().putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
    }

    private static @Nullable Long lastSeen(HttpServerRequest request) {
        String id = request.getHeader("Last-Event-ID");
        return id != null && id.matches("[0-9]{1,18}") ? Long.valueOf(id) : null;
    }

    private static boolean accepts(HttpServerRequest request, String type) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains(type);
    }

    /** Then the connection is closed: nobody counts those that came here. */
    private static void refuse(HttpServerRequest request, int status, String code, String why) {
        HttpServerResponse response = request.response();
        JsonObject problem = new JsonObject().put("type", "urn:purser:problem:" + code).put("title", "Not live")
                .put("status", status).put("detail", why).put("code", code).put("retryable", status == 503);
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE).end(problem.toBuffer())
                .onComplete(_ -> request.connection().close());
    }
}
