package dev.purser.bench.rivals;

import java.util.Optional;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.purser.api.ApiRooms;
import dev.purser.api.ApiServer;
import dev.purser.api.ApiSettings;
import dev.purser.api.contract.Contract;
import dev.purser.api.tokens.TokenMemory;
import dev.purser.api.tokens.TokenSettings;
import dev.purser.api.tokens.TokenVerifier;
import dev.purser.cluster.ClusterReport;
import dev.purser.journal.Accounts;
import dev.purser.journal.Database;
import dev.purser.journal.Purchases;
import dev.purser.journal.Reports;
import dev.purser.lane.Wallets;
import dev.purser.ops.Metrics;
import dev.purser.support.Defaults;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;

/** The service's API on top of a rival, as a process: one port for each number of connections that is to be tried. */
public final class RivalServer {

    /** As many servers as the service would have by default. */
    private static final int SERVERS = Runtime.getRuntime().availableProcessors();
    /** About as long as the answer to a spend. */
    private static final Buffer ANSWER = Buffer
            .buffer("""
                    {"success":true,"new_balance":999999999999,"balance":999999999999,"version":1234567,"message":"Spent 1 token",\
                    "entry":{"seq":1234567,"kind":"spend","amount":-1,"held":0,"debt":0,"balance_after":999999999999,\
                    "operation_id":"0123456789abcdefghijkl","created_at":"2026-11-20T12:00:00.000000Z"}}""");

    private final Vertx vertx = Vertx
            .vertx(new VertxOptions().setEventLoopPoolSize(SERVERS).setPreferNativeTransport(true));
    private final Contract contract = Contract.load();
    private final RivalKind kind;
    private final String url;
    private final TokenSettings tokens;
    private final TokenMemory memory = new TokenMemory();
    private final Metrics metrics = new Metrics();

    private RivalServer(RivalKind kind, String url, String secret) {
        this.kind = kind;
        this.url = url;
        this.tokens = new TokenSettings(new TokenSettings.Secret(secret), null, null);
    }

    /**
     * Serves as long as whoever started it is there.
     *
     * @param args the kind, where its data is, the secret that tokens are signed with, and the numbers of connections
     */
    public static void main(String[] args) throws IOException {
        RivalServer server = new RivalServer(RivalKind.valueOf(args[0]), args[1], args[2]);
        List<Integer> sizes = Arrays.stream(args).skip(3).map(Integer::valueOf).toList();
        for (int size : sizes) {
            System.out.println(size + " " + server.serve(size).await());
        }
        System.out.println("ready");
        long _ = System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private Future<Integer> serve(int connections) {
        if (kind == RivalKind.CONSTANT) {
            return Future.all(IntStream.range(0, SERVERS).mapToObj(i -> constant(-connections)).toList())
                    .map(ports -> ports.resultAt(0));
        }
        return rival(connections).compose(wallets -> Future
                .all(IntStream.range(0, SERVERS).mapToObj(i -> deploy(wallets, -connections)).toList())
                .map(ports -> ports.resultAt(0)));
    }

    private Future<Wallets> rival(int connections) {
        return switch (kind) {
            case CONSTANT -> throw new IllegalStateException("Expected to need no wallets");
            case ROW_LOCK -> Future.succeededFuture(new RowLock(vertx, url, connections));
            case FUNCTION -> Future.succeededFuture(new RowLockFunction(vertx, url, connections));
            case STATEMENT -> Future.succeededFuture(new RowLockStatement(vertx, url, connections));
            case TIP -> Future.succeededFuture(new RowLockTip(vertx, url, connections, false));
            case TIP_LAST -> Future.succeededFuture(new RowLockTip(vertx, url, connections, true));
            case REDIS -> RedisScript.connect(vertx, url, connections);
            case NOTHING -> Future.succeededFuture(new Nothing());
        };
    }

    private Future<Integer> constant(int port) {
        AtomicInteger actualPort = new AtomicInteger();
        return vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                return vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                        .requestHandler(request -> request.body().onSuccess(body -> request.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(ANSWER)))
                        .listen().onSuccess(listening -> actualPort.set(listening.actualPort()));
            }
        }).map(deployed -> actualPort.get());
    }

    private Future<Integer> deploy(Wallets wallets, int port) {
        Server server = new Server(wallets, port);
        return vertx.deployVerticle(server).map(deployed -> server.actualPort);
    }

    private final class Server extends VerticleBase {

        private final Wallets wallets;
        private final int port;
        private int actualPort;

        Server(Wallets wallets, int port) {
            this.wallets = wallets;
            this.port = port;
        }

        @Override
        public Future<?> start() {
            // Reports are there for the API's sake; of accounts it is asked once in a while who is a creator.
            Database database = new Database(vertx,
                    Defaults.database(!kind.spends() ? url : "postgresql://postgres@127.0.0.1:1/none"));
            ApiRooms rooms = new ApiRooms(wallets, new Reports(database.reads()), new Accounts(database.reads()),
                    Defaults.CATALOG, Defaults.NO_TILL, new Purchases(database.reads()), metrics::answered, Map.of(),
                    _ -> Future.succeededFuture(Optional.empty()),
                    () -> Future.succeededFuture(new ClusterReport("", 0, List.of())));
            ApiSettings defaults = ApiSettings.of("127.0.0.1", port);
            ApiSettings settings = new ApiSettings(defaults.host(), port, Duration.ofSeconds(30),
                    Duration.ofSeconds(60), 10_000, Set.of(), null, defaults.earnings(), defaults.returns());
            return new ApiServer(vertx, contract, settings,
                    TokenVerifier.of(vertx, tokens, contract.walletIds(), memory), rooms).listen()
                    .onSuccess(listening -> actualPort = listening);
        }
    }
}
