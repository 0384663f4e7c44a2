package dev.purser.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.sandbox.DemoUser;
import dev.purser.support.ClientLog;
import dev.purser.support.ClientLog.Call;
import dev.purser.support.ClientLog.Heard;
import dev.purser.support.Intent;
import dev.purser.support.Load;
import dev.purser.support.LogChecker;
import dev.purser.support.LoggingClient;
import dev.purser.support.NodeClient;
import dev.purser.support.NodeProcess;
import dev.purser.support.Pace;
import dev.purser.support.Seed;
import io.vertx.core.json.JsonObject;

/** Development mode, as it is on the first day: everything by itself, and nothing lost when it is killed. */
@Timeout(120)
class DevModeIT {

    private static final int ROUNDS = 3;
    private static final int REPLAYS = 40;

    private final ClientLog log = new ClientLog();

    @Test
    void shouldLoseNothingWhenItIsKilledUnderLoad() throws Exception {
        long seed = Seed.take("killed under load");
        Random random = new Random(seed);
        long begun = System.nanoTime();
        try (NodeProcess node = NodeProcess.inDevelopment("dev-mode").start().awaitReady()) {
            welcomeDemoUsers(node);
            for (int round = 0; round < ROUNDS; round++) {
                killUnderLoad(node, random.nextInt(100, 2_000), seed + round);
                repeatKeyedCalls(node, random);
                LogChecker.check(log, node.sandbox().tables());
            }
            System.out.println("Over " + ROUNDS + " kills: " + log.heardSince(begun));
            assertThat(log.heardSince(begun).keySet()).as("calls that a kill broke off")
                    .anyMatch(heard -> heard.startsWith("unknown"));
            ProcessHandle database = node.sandbox().process().orElseThrow();
            assertThat(node.terminate()).isZero();
            await("the database's end").until(() -> !database.isAlive());
        }
    }

    private void welcomeDemoUsers(NodeProcess node) throws Exception {
        NodeClient alice = node.as(DemoUser.ALICE);
        await("Alice's tokens").until(() -> alice.get("/tokens/balance").json().getLong("balance") == 1_000);
        Heard heard = new LoggingClient(alice, log).send(Intent.spend("alice", 25, "one picture").keyed("picture"));

        assertThat(heard).isInstanceOf(Heard.Acknowledged.class);
        JsonObject balance = alice.get("/tokens/balance").json();
        assertThat(balance.getLong("balance")).isEqualTo(975);
        assertThat(balance.getLong("version")).isEqualTo(2);
    }

    private void killUnderLoad(NodeProcess node, int acknowledgements, long seed) throws Exception {
        int before = log.acknowledged().size();
        Load load = Load.start(log, List.of(node.as(DemoUser.BACKEND)), Load.wallets("dev", 12), Pace.clients(16),
                seed);
        await("answers").until(() -> log.acknowledged().size() >= before + acknowledgements);
        node.kill();
        long killed = System.nanoTime();
        node.start().awaitReady();
        await("every wallet").until(() -> log.servedSince(killed).containsAll(Load.wallets("dev", 12)));
        load.finish();
    }

    /** What was acknowledged before the kill is answered in the same words after it. */
    private void repeatKeyedCalls(NodeProcess node, Random random) throws Exception {
        LoggingClient client = new LoggingClient(node.as(DemoUser.BACKEND), log);
        List<Call> keyed = log.acknowledged().stream().filter(
                call -> call.intent().key() != null && call.intent().wallet().startsWith("dev")).toList();
        for (Call call : random.ints(REPLAYS, 0, keyed.size()).mapToObj(keyed::get).collect(Collectors.toSet())) {
            assertThat(client.send(call.intent())).isInstanceOfSatisfying(Heard.Acknowledged.class, again -> {
                assertThat(again.replayed()).isTrue();
                assertThat(again.reply()).isEqualTo(((Heard.Acknowledged) call.heard()).reply());
            });
        }
    }
}
