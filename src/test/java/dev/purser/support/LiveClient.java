package dev.purser.support;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;

/** A frontend at the live WebSocket, as a test sees it. */
public final class LiveClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WebSocket socket;
    private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Short> closed = new CompletableFuture<>();

    /** It listens before it is connected: the first message may be there with the answer. */
    private LiveClient(ClientWebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(text -> heard.add(new JsonObject(text)));
        socket.closeHandler(_ -> {
            Short code = socket.closeStatusCode();
            closed.complete(code == null ? -1 : code);
        });
    }

    /** Makes clients; they share its threads. */
    public static WebSocketClient maker(Vertx vertx) {
        return vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(100_000));
    }

    /** Connects, offering these protocols; fails with what the server answers instead. */
    public static LiveClient connect(WebSocketClient maker, int port, List<String> protocols, @Nullable String origin) {
        WebSocketConnectOptions options = new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port)
                .setURI("/api/v1/tokens/live").setSubProtocols(protocols);
        if (origin != null) {
            options.addHeader("Origin", origin);
        }
        ClientWebSocket socket = maker.webSocket();
        LiveClient client = new LiveClient(socket);
        return LaneRig.await(socket.connect(options).map(client));
    }

    /** Connects with a token as a browser sends it. */
    public static LiveClient connect(WebSocketClient maker, int port, String token) {
        return connect(maker, port, List.of("purser.v1", "bearer." + token), null);
    }

    public WebSocket socket() {
        return socket;
    }

    public void say(JsonObject message) {
        LaneRig.await(socket.writeTextMessage(message.encode()));
    }

    /** The next message, whatever its type. */
    @CanIgnoreReturnValue
    public JsonObject next() throws InterruptedException {
        JsonObject message = heard.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (message == null) {
            throw new AssertionError("Expected a message within " + PATIENCE + ", but there was none");
        }
        return message;
    }

    /** The first message that shows at least this version. */
    public JsonObject awaitVersion(long version) throws InterruptedException {
        JsonObject message = next();
        while (message.getLong("version") < version) {
            message = next();
        }
        return message;
    }

    /** Whether nothing waits to be taken. */
    public boolean hasHeardNothingMore() {
        return heard.isEmpty();
    }

    /** The code with which the server closes it. */
    public int awaitClose() {
        return closed.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    @Override
    public void close() {
        LaneRig.await(socket.close().otherwiseEmpty());
    }
}
