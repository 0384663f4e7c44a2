package dev.purser.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.Map;

import dev.purser.api.TestTokens;
import dev.purser.support.NodeProcess;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;

/** Many frontends that look at their wallets live. */
final class Screens implements AutoCloseable {

    private static final int CONNECTING_AT_ONCE = 64;
    private static final int MOST = 20_000;

    private final WebSocketClient client;
    private final int port;
    private final List<WebSocket> sockets = new ArrayList<>();
    private final Map<String, Long> shownAt = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();

    Screens(Vertx vertx, int port) {
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(MOST));
        this.port = port;
    }

    /** Opens one for each of these users, and waits until each has seen its balance. */
    void open(List<String> users) throws InterruptedException {
        Semaphore places = new Semaphore(CONNECTING_AT_ONCE);
        CountDownLatch shown = new CountDownLatch(users.size());
        for (String user : users) {
            places.acquire();
            WebSocketConnectOptions to = new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port)
                    .setURI("/api/v1/tokens/live").addSubProtocol("purser.v1").addSubProtocol("bearer." + token(user));
            ClientWebSocket socket = client.webSocket();
            // Before it is connected: what is shown at once must not come while nobody looks.
            serve(socket, shown);
            socket.connect(to).onComplete(_ -> places.release(), _ -> {
                refused.incrementAndGet();
                shown.countDown();
                places.release();
            });
        }
        if (!shown.await(60, TimeUnit.SECONDS) || refused.get() > 0) {
            throw new IllegalStateException("Expected %d screens, but %d were refused and %d show nothing"
                    .formatted(users.size(), refused.get(), shown.getCount()));
        }
    }

    private void serve(ClientWebSocket socket, CountDownLatch shown) {
        AtomicInteger seen = new AtomicInteger();
        socket.textMessageHandler(text -> {
            long now = System.nanoTime();
            JsonObject message = new JsonObject(text);
            shownAt.put(message.getString("wallet_id") + " " + message.getLong("version"), now);
            if (seen.getAndIncrement() == 0) {
                shown.countDown();
            }
        });
        synchronized (sockets) {
            sockets.add(socket);
        }
    }

    /** When a wallet's version was shown, by {@link System#nanoTime}; 0 if it was not, or not yet. */
    long shownAt(String user, long version) {
        return shownAt.getOrDefault(user + " " + version, 0L);
    }

    /** From now on none of them reads what it is sent. */
    void stopReading() {
        sockets.forEach(WebSocket::pause);
    }

    long open() {
        return sockets.stream().filter(socket -> !socket.isClosed()).count();
    }

    static String token(String user) {
        return TestTokens.sign(TestTokens.claims(user).build(), NodeProcess.SECRET);
    }

    @Override
    public void close() {
        sockets.forEach(WebSocket::close);
    }
}
