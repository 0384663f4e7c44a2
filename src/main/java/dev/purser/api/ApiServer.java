package dev.purser.api;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.purser.api.contract.Contract;
import dev.purser.api.contract.RouteTable.Match;
import dev.purser.api.tokens.TokenVerifier;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * The HTTP server of one event loop: make and start one on each. Those on the same port share its connections.
 */
public final class ApiServer {

    private static final int LONGEST_LINE = 8 << 10;
    private static final int LARGEST_HEAD = 16 << 10;
    private static final int LONGEST_MESSAGE = 16 << 10;
    private static final String WEB_SOCKET_PROTOCOL = "purser.v1";
    private static final long CHECK_MILLIS = 100;
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final long LINGER_STEP_MILLIS = 5;
    /** How much of large answers may wait for their readers. */
    private static final int MOST_UNREAD = 16 << 20;

    private final Vertx vertx;
    private final ApiSettings settings;
    private final ApiRooms rooms;
    private final Contract contract;
    private final Documents documents;
    private final Edge edge;
    private final Cors cors;
    private final Deadlines deadlines;
    private final Connections connections;
    private final SharedRoom<Exchange> unread = new SharedRoom<>(MOST_UNREAD, Exchange::abandon);
    private @Nullable HttpServer server;
    private @Nullable Context loop;
    private volatile boolean leaving;
    private long timer = -1;

    /** Throws when a setting cannot be, or the contract and its handlers do not match. */
    public ApiServer(Vertx vertx, Contract contract, ApiSettings settings, TokenVerifier tokens, ApiRooms rooms) {
        this.vertx = vertx;
        this.settings = settings;
        this.rooms = rooms;
        this.contract = contract;
        this.documents = new Documents(contract);
        this.edge = new Edge(new Operations(contract, rooms, settings),
                new Authentication(tokens));
        this.cors = new Cors(settings.allowedOrigins());
        this.deadlines = new Deadlines(settings.deadline(), Overdue::answer);
        this.connections = new Connections(settings.idle(), settings.connections());
    }

    /** Begins to serve, on the caller's event loop. Answers the port. */
    public Future<Integer> listen() {
        HttpServer created = vertx.createHttpServer(options()).requestHandler(this::take)
                .invalidRequestHandler(request -> MalformedRequests.answer(exchange(request)))
                .connectionHandler(this::opened);
        server = created;
        loop = vertx.getOrCreateContext();
        return created.listen(settings.port(), settings.host()).map(listening -> {
            timer = vertx.setPeriodic(CHECK_MILLIS, _ -> {
                deadlines.check();
                connections.check();
            });
            return listening.actualPort();
        });
    }

    private HttpServerOptions options() {
        return new HttpServerOptions().setMaxInitialLineLength(LONGEST_LINE).setMaxHeaderSize(LARGEST_HEAD)
                .setIdleTimeout(Math.toIntExact(settings.idle().toMillis())).setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHttp2ClearTextEnabled(false).setHandle100ContinueAutomatically(true).setTcpNoDelay(true)
                // Whatever is mounted that speaks over a WebSocket says short things there.
                .setWebSocketSubProtocols(List.of(WEB_SOCKET_PROTOCOL)).setMaxWebSocketFrameSize(LONGEST_MESSAGE)
                .setMaxWebSocketMessageSize(LONGEST_MESSAGE)
                // Each connection is served by its own event loop alone, and has nothing that could be compressed.
                .setStrictThreadMode(true).setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false);
    }

    /**
     * Takes no more connections, and waits at most so long for the requests under way. Before, it asks those who are
     * connected to go, and waits for a moment in which nobody is being served: a connection that is closed just when its
     * answer leaves may lose it.
     */
    public Future<Void> shutdown(Duration patience) {
        HttpServer running = server;
        Context ownLoop = loop;
        if (running == null || ownLoop == null) {
            return Future.succeededFuture();
        }
        leaving = true;
        Promise<Void> quiet = Promise.promise();
        long latest = System.nanoTime() + LINGER.toNanos();
        ownLoop.runOnContext(_ -> awaitQuiet(quiet, latest));
        return quiet.future().compose(_ -> running.shutdown(patience.toMillis(), TimeUnit.MILLISECONDS))
                .onComplete(_ -> vertx.cancelTimer(timer));
    }

    private void awaitQuiet(Promise<Void> quiet, long latest) {
        if (deadlines.isIdle() || System.nanoTime() - latest > 0) {
            quiet.complete();
        } else {
            vertx.setTimer(LINGER_STEP_MILLIS, _ -> awaitQuiet(quiet, latest));
        }
    }

    private void opened(HttpConnection connection) {
        if (connection instanceof HttpServerConnection ours) {
            ChannelPipeline _ = ours.channelHandlerContext().pipeline().addFirst(new OneWrite());
        }
        connections.opened(connection);
    }

    private Exchange exchange(HttpServerRequest request) {
        return new Exchange(request, connections, unread, cors, rooms.meter());
    }

    /** Who asks on without reading the answers is not heard before they are read: they would have to be kept. */
    private void take(HttpServerRequest request) {
        if (request.response().writeQueueFull()) {
            request.pause();
            request.response().drainHandler(_ -> {
                request.response().drainHandler(null);
                handle(request);
                request.resume();
            });
        } else {
            handle(request);
        }
    }

    private void handle(HttpServerRequest request) {
        String path = request.path() == null ? "" : request.path();
        Handler<HttpServerRequest> mounted = rooms.mounted().get(path);
        if (mounted != null) {
            connections.leave(request.connection());
            mounted.handle(request);
            return;
        }
        if (leaving) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        Exchange exchange = exchange(request);
        deadlines.begin(exchange);
        connections.begin(request.connection());
        exchange.whenOver(() -> connections.end(request.connection()));
        if (MalformedRequests.refused(exchange)) {
            return;
        }
        switch (contract.routes().find(request.method().name(), path)) {
            case Match.Found found -> edge.handle(exchange, found);
            case Match.OtherMethods(var allowed) -> Elsewhere.answer(exchange, cors, allowed);
            case Match.Nothing() -> Elsewhere.answer(exchange, cors, documents.find(path, request));
        }
    }
}
