package dev.purser.api;

import java.util.Optional;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.Reads;
import dev.purser.api.contract.Contract;
import dev.purser.api.tokens.TokenMemory;
import dev.purser.api.tokens.TokenSettings;
import dev.purser.api.tokens.TokenVerifier;
import dev.purser.catalog.Order;
import dev.purser.catalog.Sale;
import dev.purser.cluster.ClusterReport;
import dev.purser.journal.Accounts;
import dev.purser.journal.Purchases;
import dev.purser.journal.Reports;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.EarningRate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** A served API to send requests to. */
final class ApiFixture implements AutoCloseable {

    static final Duration DEADLINE = Duration.ofMillis(1_500);
    static final Supplier<Future<ClusterReport>> NO_CLUSTER = () -> Future
            .succeededFuture(new ClusterReport("here", 0, List.of()));
    static final String ORIGIN = "https://app.example";

    final TestDatabase database = TestDatabase.create();
    private final LaneRig rig = new LaneRig();
    final TestWallets wallets = new TestWallets(rig.lane(database.url()));
    final ConcurrentLinkedQueue<String> metered = new ConcurrentLinkedQueue<>();
    final Vertx vertx = Vertx.vertx();
    final int port;
    /** What becomes of an order; a test may have another answer. */
    volatile Function<Order, Sale> sales = order -> switch (order.way()) {
        case Order.Way.Method _ -> new Sale.Begun("pi_" + order.pack().id(), "succeeded", "secret", null, false);
        case Order.Way.Page _ -> new Sale.Opened("cs_" + order.pack().id(), "open", "https://pay.example/cs", false);
    };
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Reads reads;
    private final ApiServer server;

    /** What the cluster looks like. */
    volatile ClusterReport cluster = new ClusterReport("here", 0, List.of());

    /** What was ordered since {@link #selling}. */
    final ConcurrentLinkedQueue<Order> orders = new ConcurrentLinkedQueue<>();

    ApiFixture() {
        this(DEADLINE, Duration.ofSeconds(3), 1_000);
    }

    /** With other bounds. */
    ApiFixture(Duration deadline, Duration idle, int connections) {
        reads = database.reads(vertx);
        ApiRooms rooms = new ApiRooms(wallets, new Reports(reads), new Accounts(reads), Defaults.CATALOG,
                order -> Future.succeededFuture(sales.apply(order)), new Purchases(reads),
                (operation, status, _) -> metered.add(operation + " " + status), Map.of(),
                eventId -> Future.succeededFuture(Optional.of(eventId).filter(id -> !id.endsWith("none"))
                        .map(id -> id.startsWith("evt_") ? id.substring("evt_".length()) : "noted")),
                () -> Future.succeededFuture(cluster));
        ApiSettings settings = new ApiSettings("127.0.0.1", 0, deadline, idle, connections,
                Set.of(ORIGIN), "https://app.example/buy",
                new ApiSettings.Earnings("usd", new EarningRate(50, 100), Duration.ZERO), ReturnUrls.anywhere());
        TokenSettings tokens = new TokenSettings(new TokenSettings.Secret(TestTokens.SECRET), null, null);
        Contract contract = Contract.load();
        server = new ApiServer(vertx, contract, settings,
                TokenVerifier.of(vertx, tokens, contract.walletIds(), new TokenMemory()), rooms);
        port = await(server.listen());
    }

    /** From now on each order comes to this. */
    void selling(Sale sale) {
        sales = order -> {
            orders.add(order);
            return sale;
        };
    }

    /** A request to a path below the API's, as {@code subject} with {@code scopes}. */
    HttpRequest.Builder to(String path, String subject, String scopes) {
        return bare("/api/v1" + path).header("Authorization", "Bearer " + TestTokens.of(subject, scopes));
    }

    HttpRequest.Builder bare(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    HttpResponse<String> get(String path, String subject, String scopes) {
        return send(to(path, subject, scopes).GET());
    }

    HttpResponse<String> post(String path, String subject, String scopes, String body) {
        return send(to(path, subject, scopes).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes as they are, and answers all that comes back until the server closes or is silent. */
    String raw(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static <T extends @Nullable Object> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives a wallet tokens. */
    void credit(String walletId, long amount) {
        HttpResponse<String> reply = post("/wallets/" + walletId + "/credits", "shop", "wallets:credit",
                "{\"amount\":%d,\"source\":\"purchased\",\"reason\":\"test\"}".formatted(amount));
        if (reply.statusCode() != 200) {
            throw new IllegalStateException(reply.body());
        }
    }

    /** Makes somebody a creator. */
    void creator(String id) {
        HttpResponse<String> reply = send(
                to("/accounts/" + id, "boss", "admin").header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString("{\"is_creator\":true}")));
        if (reply.statusCode() != 200) {
            throw new IllegalStateException(reply.body());
        }
    }

    static JsonObject json(HttpResponse<String> reply) {
        return new JsonObject(reply.body());
    }

    static String code(HttpResponse<String> reply) {
        return reply.statusCode() + " " + json(reply).getString("code");
    }

    @Override
    public void close() {
        await(server.shutdown(Duration.ofSeconds(2)));
        await(reads.close());
        await(vertx.close());
        rig.close();
        client.close();
    }
}
