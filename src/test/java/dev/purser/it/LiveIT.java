package dev.purser.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

import dev.purser.api.TestTokens;
import dev.purser.sandbox.DemoUser;
import dev.purser.support.ClientLog;
import dev.purser.support.ClientLog.Heard;
import dev.purser.support.FreePorts;
import dev.purser.support.Intent;
import dev.purser.support.LaneRig;
import dev.purser.support.LiveClient;
import dev.purser.support.Load;
import dev.purser.support.LogChecker;
import dev.purser.support.LoggingClient;
import dev.purser.support.NodeProcess;
import dev.purser.support.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;

/** Frontends at one of two nodes see what becomes of their wallets, wherever these live, and when that node is killed. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient maker = LiveClient.maker(vertx);
    private final ClientLog log = new ClientLog();
    private final TestDatabase database = TestDatabase.create();
    private final int[] ports = {FreePorts.next(), FreePorts.next()};
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final Map<String, LiveClient> screens = new LinkedHashMap<>();
    private final List<String> wallets = Load.wallets("live", 24);

    @BeforeAll
    void startTwoAndLookAtTheFirst() {
        nodes.add(node("live-0", ports[0]).start());
        nodes.add(node("live-1", ports[1]).start());
        nodes.forEach(NodeProcess::awaitReady);
        await("two nodes").atMost(PATIENCE)
                .until(() -> nodes.stream().allMatch(node -> node.output().contains("The cluster has 2 nodes")));
        for (String wallet : wallets) {
            screens.put(wallet, LiveClient.connect(maker, nodes.getFirst().httpPort(), token(wallet)));
        }
    }

    private NodeProcess node(String name, int port) {
        return new NodeProcess(name,
                Map.of("PURSER_DATABASE_URL", database.url(), "PURSER_CLUSTER_PORT", String.valueOf(port),
                        "PURSER_CLUSTER_MEMBERS", "127.0.0.1:" + ports[0] + ",127.0.0.1:" + ports[1]));
    }

    private static String token(String wallet) {
        return TestTokens.sign(TestTokens.claims(wallet).build(), NodeProcess.SECRET);
    }

    @AfterAll
    void endAll() {
        LaneRig.await(vertx.close());
        nodes.forEach(NodeProcess::close);
    }

    private void creditAll(int through, String key) throws InterruptedException {
        LoggingClient client = new LoggingClient(nodes.get(through).as(DemoUser.BACKEND), log);
        for (String wallet : wallets) {
            Intent intent = Intent.credit(wallet, 10, key + "-" + wallet).keyed(key + "-" + wallet);
            await(wallet).atMost(PATIENCE).until(() -> client.send(intent) instanceof Heard.Acknowledged);
        }
    }

    private void awaitAll(long version) throws InterruptedException {
        for (Map.Entry<String, LiveClient> screen : screens.entrySet()) {
            assertThat(screen.getValue().awaitVersion(version).getLong("balance")).as(screen.getKey())
                    .isEqualTo(version * 10);
        }
    }

    @Test
    @Order(1)
    void shouldShowWalletsOfBothNodes() throws Exception {
        awaitAll(0);
        creditAll(1, "through-the-other");
        awaitAll(1);
    }

    @Test
    @Order(2)
    void shouldShowTheLastStateOnceTheOwnerIsKilled() throws Exception {
        nodes.getLast().kill();
        long killed = System.nanoTime();
        creditAll(0, "after-the-kill");
        awaitAll(2);
        System.out.println("Each of " + wallets.size() + " wallets was shown as it stands within "
                + Duration.ofNanos(System.nanoTime() - killed) + " after its node was killed");
        assertThat(screens.values()).noneMatch(screen -> screen.socket().isClosed());
        LogChecker.check(log, database);
    }

    @Test
    @Order(3)
    void shouldSendItsScreensAwayWhenItLeaves() throws Exception {
        assertThat(nodes.getFirst().management("/metrics").text()).contains("purser_live_clients 24.0");
        nodes.getFirst().tellToEnd();
        for (LiveClient screen : screens.values()) {
            assertThat(screen.awaitClose()).isEqualTo(1001);
        }
        assertThat(nodes.getFirst().awaitExit(PATIENCE)).isZero();
    }
}
