package dev.purser.bench.rivals;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import dev.purser.api.ApiRooms;
import dev.purser.api.ApiServer;
import dev.purser.api.ApiSettings;
import dev.purser.api.contract.Contract;
import dev.purser.api.tokens.TokenSettings;
import dev.purser.journal.Accounts;
import dev.purser.journal.Database;
import dev.purser.journal.Reports;
import dev.purser.lane.Wallets;
import dev.purser.ops.Metrics;
import dev.purser.support.Defaults;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** The service's API on top of a rival, as a process: one port for each number of connections that is to be tried. */
public final class RivalServer {

    /** As many servers as the service would have by default. */
    private static final int SERVERS = Runtime.getRuntime().availableProcessors();

    private final Vertx vertx = Vertx
            .vertx(new VertxOptions().setEventLoopPoolSize(SERVERS).setPreferNativeTransport(true));
    private final Contract contract = Contract.load();
    private final RivalKind kind;
    private final String url;
    private final TokenSettings tokens;
    private final Metrics metrics = new Metrics();

    private RivalServer(RivalKind kind, String url, String secret) {
        this.kind = kind;
        this.url = url;
        this.tokens = new TokenSettings(new TokenSettings.Secret(secret), null, null);
    }

    /**
     * Serves until it is ended.
     *
     * @param args the kind, where its data is, the secret that tokens are signed with, and the numbers of connections
     */
    public static void main(String[] args) {
        RivalServer server = new RivalServer(RivalKind.valueOf(args[0]), args[1], args[2]);
        List<Integer> sizes = Arrays.stream(args).skip(3).map(Integer::valueOf).toList();
        for (int size : sizes) {
            System.out.println(size + " " + server.serve(size).await());
        }
        System.out.println("ready");
    }

    private Future<Integer> serve(int connections) {
        return rival(connections).compose(wallets -> Future
                .all(IntStream.range(0, SERVERS).mapToObj(i -> deploy(wallets, -connections)).toList())
                .map(ports -> ports.resultAt(0)));
    }

    private Future<Wallets> rival(int connections) {
        return switch (kind) {
            case ROW_LOCK -> Future.succeededFuture(new RowLock(vertx, url, connections));
            case FUNCTION -> Future.succeededFuture(new RowLockFunction(vertx, url, connections));
            case STATEMENT -> Future.succeededFuture(new RowLockStatement(vertx, url, connections));
            case REDIS -> RedisScript.connect(vertx, url, connections);
            case NOTHING -> Future.succeededFuture(new Nothing());
        };
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
            // Reports and accounts are there for the API's sake; nobody asks for them, so no connection is opened.
            Database database = new Database(vertx, Defaults.database("postgresql://postgres@127.0.0.1:1/none"));
            ApiRooms rooms = new ApiRooms(wallets, new Reports(database.reads()), new Accounts(database.reads()),
                    metrics::answered, Map.of());
            ApiSettings settings = new ApiSettings("127.0.0.1", port, Duration.ofSeconds(30), Duration.ofSeconds(60),
                    Set.of(), null);
            return new ApiServer(vertx, contract, settings, tokens, rooms).listen()
                    .onSuccess(listening -> actualPort = listening);
        }
    }
}
