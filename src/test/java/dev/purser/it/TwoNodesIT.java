package dev.purser.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import dev.purser.sandbox.DemoUser;
import dev.purser.support.ClientLog;
import dev.purser.support.ClientLog.Heard;
import dev.purser.support.FaultyProxy;
import dev.purser.support.FreePorts;
import dev.purser.support.Intent;
import dev.purser.support.Load;
import dev.purser.support.LogChecker;
import dev.purser.support.LoggingClient;
import dev.purser.support.NodeClient;
import dev.purser.support.NodeProcess;
import dev.purser.support.Pace;
import dev.purser.support.Seed;
import dev.purser.support.TestDatabase;

/** Two nodes over one database: a wallet is the same through both, whichever of them leaves, and however. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesIT {

    private static final Duration SERVED_AGAIN = Duration.ofSeconds(15);
    private static final int CALLERS = 100;

    private final ClientLog log = new ClientLog();
    private final TestDatabase database = TestDatabase.create();
    private final int[] ports = {FreePorts.next(), FreePorts.next()};
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<String> wallets = Load.wallets("two", 24);

    @BeforeAll
    void startTwo() {
        nodes.add(node("two-nodes-0", ports[0], database.url()).start());
        nodes.add(node("two-nodes-1", ports[1], database.url()).start());
        nodes.forEach(NodeProcess::awaitReady);
        await("two nodes").atMost(SERVED_AGAIN)
                .until(() -> nodes.stream().allMatch(node -> node.output().contains("The cluster has 2 nodes")));
    }

    private NodeProcess node(String name, int port, String databaseUrl) {
        return new NodeProcess(name,
                Map.of("PURSER_DATABASE_URL", databaseUrl, "PURSER_CLUSTER_PORT", String.valueOf(port),
                        "PURSER_CLUSTER_MEMBERS", "127.0.0.1:" + ports[0] + ",127.0.0.1:" + ports[1]));
    }

    @AfterAll
    void endBoth() {
        nodes.forEach(NodeProcess::close);
    }

    @Test
    void shouldServeEveryWalletThroughBoth() throws Exception {
        for (String wallet : Load.wallets("both", 24)) {
            assertThat(client(0).send(Intent.credit(wallet, 100, "credit of " + wallet)))
                    .isInstanceOfSatisfying(Heard.Acknowledged.class, heard -> assertThat(heard.version()).isOne());
            assertThat(client(1).send(Intent.spend(wallet, 30, "spend of " + wallet)))
                    .isInstanceOfSatisfying(Heard.Acknowledged.class,
                            heard -> assertThat(heard.balance()).isEqualTo(70));
            client(0).look(wallet);
            client(1).look(wallet);
        }
        assertThat(log.looks()).filteredOn(look -> look.wallet().startsWith("both")).hasSize(48)
                .allMatch(look -> look.version() == 2);
        LogChecker.check(log, database);
    }

    @Test
    void shouldCarryOutOneKeyOnceWhereverItIsCalled() throws Exception {
        assertThat(client(0).send(Intent.credit("hot", 1_000, "credit"))).isInstanceOf(Heard.Acknowledged.class);
        Intent intent = Intent.spend("hot", 10, "the same for all").keyed("one-key");
        List<Heard> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Heard>> calls = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                LoggingClient through = client(caller % 2);
                calls.add(() -> through.send(intent));
            }
            for (Future<Heard> answer : callers.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        assertThat(answers).hasSize(CALLERS).allSatisfy(heard -> assertThat(heard)
                .isInstanceOfSatisfying(Heard.Acknowledged.class, one -> assertThat(one.balance()).isEqualTo(990)));
        assertThat(answers.stream().filter(heard -> !((Heard.Acknowledged) heard).replayed())).hasSize(1);
        LogChecker.check(log, database);
    }

    @Test
    void shouldServeTheWalletsOfAKilledNode() throws Exception {
        Load load = startLoad();
        nodes.getFirst().kill();
        long killed = System.nanoTime();
        await("every wallet").atMost(SERVED_AGAIN).until(() -> log.servedSince(killed).containsAll(wallets));
        nodes.getFirst().start().awaitReady();
        load.finish();

        Duration took = Duration.ofNanos(log.nanosUntilServed(wallets, killed));
        System.out.println("All wallets of a killed node were served again after " + took + ", "
                + log.longestSince(killed) + " for one call, " + log.heardSince(killed));
        assertThat(took).isLessThan(SERVED_AGAIN);
        LogChecker.check(log, database);
    }

    @Test
    void shouldHandOverItsWalletsWhenANodeLeavesAndComesBack() throws Exception {
        long begun = System.nanoTime();
        Load load = startLoad();
        assertThat(nodes.getFirst().terminate()).isZero();
        long left = System.nanoTime();
        await("every wallet").atMost(SERVED_AGAIN).until(() -> log.servedSince(left).containsAll(wallets));
        nodes.getFirst().start().awaitReady();
        long back = System.nanoTime();
        await("every wallet").atMost(SERVED_AGAIN).until(() -> log.servedSince(back).containsAll(wallets));
        load.finish();

        System.out.println("A node left and came back: at most " + log.mostCallsSince(begun) + " calls for one thing, "
                + log.longestSince(begun) + " for one call, " + log.heardSince(begun));
        assertThat(log.heardSince(begun).keySet()).as("answers").noneMatch(heard -> heard.startsWith("unknown: 503"));
        assertThat(log.mostCallsSince(begun)).as("calls for one request").isLessThanOrEqualTo(3);
        assertThat(LogChecker.carriedOutUnheard(log, database)).as("carried out, but not answered")
                .noneMatch(call -> call.sentAt() - begun > 0);
        LogChecker.check(log, database);
    }

    @Test
    void shouldGiveNoWalletsToANodeThatCannotServeThem() throws Exception {
        try (FaultyProxy way = FaultyProxy.before(database.url());
                NodeProcess late = node("two-nodes-late", FreePorts.next(), way.url())) {
            way.cut();
            late.start();
            await("waits").atMost(SERVED_AGAIN).until(() -> late.output().contains("Waiting for the database"));
            for (String wallet : Load.wallets("late", 24)) {
                assertThat(client(0).send(Intent.credit(wallet, 100, "credit of " + wallet)))
                        .isInstanceOf(Heard.Acknowledged.class);
            }
            way.heal();
            late.awaitReady();
            LoggingClient throughLate = new LoggingClient(late.as(DemoUser.BACKEND), log);
            for (String wallet : Load.wallets("late", 24)) {
                assertThat(throughLate.send(Intent.spend(wallet, 1, "spend of " + wallet)))
                        .isInstanceOf(Heard.Acknowledged.class);
            }
            assertThat(late.terminate()).isZero();
            LogChecker.check(log, database);
        }
    }

    private Load startLoad() {
        long started = System.nanoTime();
        Load load = Load.start(log, nodes.stream().map(node -> node.as(DemoUser.BACKEND)).toList(), wallets,
                Pace.clients(24),
                Seed.take("two nodes"));
        await("every wallet").until(() -> log.servedSince(started).containsAll(wallets)
                && log.acknowledged().size() > 500);
        return load;
    }

    private LoggingClient client(int node) {
        NodeClient backend = nodes.get(node).as(DemoUser.BACKEND);
        return new LoggingClient(backend, log);
    }
}
