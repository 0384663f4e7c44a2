package dev.purser.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;

import dev.purser.lane.News;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.WalletWatch;
import dev.purser.support.LaneRig;
import dev.purser.support.LiveClient;
import dev.purser.wallet.Allowance;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Status;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketClient;

/** The live room at a real port, with wallets, tokens and a clock in the hands of the test. A token is {@code user} or {@code user until}. */
final class DoorRig implements WalletWatch, AutoCloseable {

    final Vertx vertx = Vertx.vertx();
    final WebSocketClient maker = LiveClient.maker(vertx);
    final LiveHub hub;
    /** Which wallets the hub has asked to hear of. */
    final Set<String> watched = new ConcurrentSkipListSet<>();
    final ConcurrentLinkedQueue<String> ended = new ConcurrentLinkedQueue<>();
    /** What a look answers, if it is not the empty wallet. */
    final Map<String, Outcome> looks = new ConcurrentHashMap<>();
    volatile Instant now = Instant.parse("2026-11-20T12:00:00Z");
    volatile boolean keysAreThere = true;
    /** Until this completes nobody can say whom a token speaks for. */
    volatile Future<Void> keys = Future.succeededFuture();
    private HttpServer server;
    final int port;

    DoorRig(LiveSettings settings) {
        hub = new LiveHub(settings);
        hub.open(this);
        server = vertx.createHttpServer(new HttpServerOptions());
        LaneRig.await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                LiveDoor door = new LiveDoor(vertx, new Surroundings(settings, hub,
                        token -> Future.<Gate.Pass>future(pass -> keys.onComplete(
                                _ -> context.runOnContext(_ -> admit(token).onComplete(pass)))),
                        DoorRig.this::look, meter()), () -> now);
                server = vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol(LiveDoor.PROTOCOL)
                        .setMaxWebSocketMessageSize(16 << 10)).requestHandler(door);
                return server.listen(0, "127.0.0.1");
            }
        }));
        port = server.actualPort();
    }

    static LiveSettings settings() {
        return new LiveSettings(1_000, 5, Duration.ofSeconds(30), Set.of("https://app.example"));
    }

    LiveMeter meter() {
        return new LiveMeter() {
            @Override
            public void shown() {
            }

            @Override
            public void ended(String why) {
                ended.add(why);
            }
        };
    }

    private Future<Gate.Pass> admit(String token) {
        if (!keysAreThere) {
            return Future.succeededFuture(new Gate.Pass.Unknown());
        }
        String[] parts = token.split("_", -1);
        Instant until = parts.length > 1 ? now.plusSeconds(Long.parseLong(parts[1])) : now.plusSeconds(3_600);
        return Future.succeededFuture(token.isEmpty() || parts[0].equals("forged")
                ? new Gate.Pass.Denied("it is forged")
                : new Gate.Pass.Granted(new Authority.Caller(parts[0], Set.of()), until));
    }

    private Future<Outcome> look(Operation operation) {
        return Future.succeededFuture(looks.getOrDefault(operation.walletId(),
                new Outcome.Seen(Wallet.empty(operation.walletId()), null)));
    }

    @Override
    public void watch(String walletId, long version) {
        watched.add(walletId);
    }

    @Override
    public void forget(String walletId) {
        watched.remove(walletId);
    }

    /** A wallet changes. */
    void change(String walletId, long version, long balance) {
        hub.heard(new News(walletId, version, balance, 0, 0, Status.ACTIVE, null, null));
    }

    /** Of an allowance of 1,000 so many are left, and that is all there is. */
    void leave(String walletId, long version, long left) {
        hub.heard(new News(walletId, version, left, 0, 0, Status.ACTIVE, null, new Allowance(1_000, left)));
    }

    @Override
    public void close() {
        LaneRig.await(vertx.close());
    }
}
