package dev.purser;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.purser.api.ApiRooms;
import dev.purser.api.ApiServer;
import dev.purser.api.ApiSettings;
import dev.purser.api.ReturnUrls;
import dev.purser.api.contract.Contract;
import dev.purser.api.tokens.TokenMemory;
import dev.purser.api.tokens.TokenSettings;
import dev.purser.api.tokens.TokenVerifier;
import dev.purser.live.LiveDoor;
import dev.purser.live.LiveHub;
import dev.purser.live.LiveMeter;
import dev.purser.live.Surroundings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;

/** The API's servers, one on each event loop, all at one port. */
final class ApiParts {

    /** A connection that still waits for an answer must not be taken for an idle one. */
    private static final Duration BEYOND_DEADLINE = Duration.ofSeconds(15);

    private final Settings settings;
    private final ApiRooms rooms;
    private final Contract contract;
    private final Live live;
    private final TokenMemory memory = new TokenMemory();
    private final List<ApiServer> servers = new ArrayList<>();

    ApiParts(Settings settings, Contract contract, ApiRooms rooms, Live live) {
        this.settings = settings;
        this.contract = contract;
        this.rooms = rooms;
        this.live = live;
    }

    /** Whose clients come in at the same port. */
    record Live(LiveHub hub, LiveMeter meter) {
    }

    /** Answers the port. The first server may have taken a free one; the others join it there. */
    Future<Integer> start(Vertx vertx) {
        Future<Integer> first = start(vertx, settings.http().port());
        return first.compose(port -> {
            List<Future<Integer>> others = new ArrayList<>();
            for (int i = 1; i < settings.cluster().eventLoops(); i++) {
                others.add(start(vertx, port));
            }
            return Future.all(others).map(port);
        });
    }

    private Future<Integer> start(Vertx vertx, int port) {
        ServerVerticle verticle = new ServerVerticle(port);
        return vertx.deployVerticle(verticle).map(deployed -> verticle.actualPort);
    }

    /** Takes in no more, and completes when what was taken in is answered. */
    Future<Void> stop(Duration patience) {
        return Future.join(servers.stream().map(server -> server.shutdown(patience)).toList()).mapEmpty();
    }

    private ApiSettings at(int port) {
        Settings.Http http = settings.http();
        ApiSettings defaults = ApiSettings.of(http.host(), port);
        return new ApiSettings(http.host(), port, http.deadline(),
                longest(defaults.idle(), http.deadline().plus(BEYOND_DEADLINE)),
                Math.ceilDiv(http.connections(), settings.cluster().eventLoops()), Set.copyOf(http.allowedOrigins()),
                http.buyUrl() == null ? null : http.buyUrl().toString(),
                new ApiSettings.Earnings(settings.earnings().currency(), settings.lane().terms().rate(),
                        settings.earnings().safetyPeriod()),
                new ReturnUrls(settings.mode() == Settings.Mode.DEV, settings.stripe().returnOrigins()));
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static TokenSettings tokens(Settings.Tokens tokens) {
        TokenSettings.Keys keys = switch (tokens) {
            case Settings.Tokens.Secret(var secret, _, _) -> new TokenSettings.Secret(secret);
            case Settings.Tokens.PublicKey(var key, _, _) -> new TokenSettings.PublicKey(key);
            case Settings.Tokens.Jwks(var url, _, _) -> TokenSettings.Jwks.of(url);
        };
        return new TokenSettings(keys, tokens.issuer(), tokens.audience());
    }

    private final class ServerVerticle extends VerticleBase {

        private final int port;
        private int actualPort;

        ServerVerticle(int port) {
            this.port = port;
        }

        @Override
        public Future<?> start() {
            TokenVerifier tokens = TokenVerifier.of(vertx, tokens(settings.tokens()), contract.walletIds(),
                    memory);
            LiveDoor door = new LiveDoor(vertx, new Surroundings(settings.live(), live.hub(), new TokenGate(tokens),
                    rooms.wallets(), live.meter()), InstantSource.system());
            ApiServer server = new ApiServer(vertx, contract, at(port), tokens,
                    rooms.mounting(LiveDoor.PATH, door));
            synchronized (servers) {
                servers.add(server);
            }
            return server.listen().onSuccess(listening -> actualPort = listening);
        }
    }
}
