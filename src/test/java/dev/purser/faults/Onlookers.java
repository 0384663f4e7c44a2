package dev.purser.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

import dev.purser.api.TestTokens;
import dev.purser.support.LaneRig;
import dev.purser.support.Ledger;
import dev.purser.support.Ledger.Line;
import dev.purser.support.LiveClient;
import dev.purser.support.NodeProcess;
import dev.purser.support.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;

/**
 * Frontends that look on, one at each wallet, at whatever node lets them: when one does not, or ends the connection, they
 * try the next and say what they know. What each is shown is written down.
 */
final class Onlookers implements AutoCloseable {

    /** So long a node believes what it has heard of a wallet, and some. */
    private static final Duration UP_TO_DATE = Duration.ofSeconds(20);
    private static final long PAUSE_MILLIS = 200;

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient maker = LiveClient.maker(vertx);
    private final List<NodeProcess> nodes;
    private final List<Onlooker> all;
    private volatile boolean ended;

    private Onlookers(List<NodeProcess> nodes, List<String> wallets) {
        this.nodes = List.copyOf(nodes);
        this.all = wallets.stream().map(Onlooker::new).toList();
    }

    static Onlookers start(Cluster cluster, List<String> wallets) {
        Onlookers onlookers = new Onlookers(cluster.alive(), wallets);
        onlookers.all.forEach(each -> each.connect(onlookers.all.indexOf(each)));
        return onlookers;
    }

    /** What was shown, on which of an onlooker's connections. */
    private record Shown(int connection, long version, long balance) {
    }

    private final class Onlooker {

        private final String wallet;
        private final ConcurrentLinkedQueue<Shown> shown = new ConcurrentLinkedQueue<>();
        private volatile long latest = -1;
        private int connections;

        Onlooker(String wallet) {
            this.wallet = wallet;
        }

        void connect(int node) {
            WebSocketConnectOptions to = new WebSocketConnectOptions()
                    .setAbsoluteURI("ws://" + nodes.get(node % nodes.size()).address() + "/api/v1/tokens/live")
                    .addSubProtocol("purser.v1").setTimeout(2_000);
            maker.connect(to).onSuccess(socket -> look(socket, connections++, node)).onFailure(_ -> next(node));
        }

        private void look(WebSocket socket, int connection, int node) {
            socket.textMessageHandler(text -> note(new JsonObject(text), connection));
            socket.closeHandler(_ -> next(node));
            if (latest >= 0) {
                socket.writeTextMessage(new JsonObject().put("type", "resume").put("version", latest).encode());
            }
            String token = TestTokens.sign(TestTokens.claims(wallet).build(), NodeProcess.SECRET);
            socket.writeTextMessage(new JsonObject().put("type", "auth").put("token", token).encode());
        }

        private void note(JsonObject message, int connection) {
            if (message.getString("type").equals("balance")) {
                long version = message.getLong("version");
                shown.add(new Shown(connection, version, message.getLong("balance")));
                latest = Math.max(latest, version);
            }
        }

        private void next(int node) {
            if (!ended) {
                vertx.setTimer(PAUSE_MILLIS, _ -> connect(node + 1));
            }
        }

        /** What is wrong with what was shown; null if nothing is. */
        @Nullable
        String fault(Map<Long, Long> balances) {
            Map<Integer, Long> before = new HashMap<>();
            for (Shown each : shown) {
                Long last = before.put(each.connection(), each.version());
                if (last != null && last >= each.version()) {
                    return wallet + ": version " + last + " was shown before " + each;
                }
                Long balance = balances.get(each.version());
                if (balance == null || balance != each.balance()) {
                    return wallet + ": " + each + " was shown, but the ledger has " + balance;
                }
            }
            return null;
        }
    }

    /** Checks that each was shown what the ledger says, version after version, and is shown the last of it by now. */
    void check(TestDatabase tables) {
        Map<String, Map<Long, Long>> balances = new HashMap<>();
        // Read again each time: what lay in a connection that was cut may still come, and be carried out.
        await("each onlooker to see the last state").atMost(UP_TO_DATE).untilAsserted(() -> {
            Map<String, Long> last = new HashMap<>();
            for (Line line : Ledger.read(tables).lines()) {
                balances.computeIfAbsent(line.wallet(), _ -> new HashMap<>(Map.of(0L, 0L))).put(line.seq(),
                        line.balanceAfter());
                last.merge(line.wallet(), line.seq(), Math::max);
            }
            assertThat(all).allSatisfy(
                    each -> assertThat(each.latest).as(each.wallet).isEqualTo(last.getOrDefault(each.wallet, 0L)));
        });
        List<String> faults = new ArrayList<>();
        for (Onlooker each : all) {
            String fault = each.fault(balances.getOrDefault(each.wallet, Map.of(0L, 0L)));
            if (fault != null) {
                faults.add(fault);
            }
        }
        assertThat(faults).isEmpty();
        System.out.printf("%d onlookers were shown %,d states on %d connections%n", all.size(),
                all.stream().mapToInt(each -> each.shown.size()).sum(),
                all.stream().mapToInt(each -> each.connections).sum());
    }

    @Override
    public void close() {
        ended = true;
        LaneRig.await(vertx.close());
    }
}
