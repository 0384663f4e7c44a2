package dev.purser.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.sandbox.DemoUser;
import dev.purser.support.FreePorts;
import dev.purser.support.LawChecker;
import dev.purser.support.Load;
import dev.purser.support.NodeClient;
import dev.purser.support.NodeProcess;
import dev.purser.support.Seed;
import dev.purser.support.TestDatabase;
import io.vertx.core.json.JsonObject;

/** Fifty wallets send each other tokens while nodes are killed: not one is lost on the way, and none comes twice. */
@Timeout(120)
class TransfersIT {

    private static final int CLIENTS = 12;
    private static final int KILLS = 3;
    private static final int BETWEEN_KILLS = 400;
    private static final long EACH = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final TestDatabase database = TestDatabase.create();
    private final int[] ports = {FreePorts.next(), FreePorts.next()};
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<String> wallets = Load.wallets("sender", 50);
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final long seed = Seed.take("transfers");
    private volatile boolean going = true;

    @BeforeEach
    void startTwo() {
        for (int i = 0; i < ports.length; i++) {
            nodes.add(new NodeProcess("transfers-" + i, Map.of("PURSER_DATABASE_URL", database.url(),
                    "PURSER_CLUSTER_PORT", String.valueOf(ports[i]), "PURSER_CLUSTER_MEMBERS",
                    "127.0.0.1:" + ports[0] + ",127.0.0.1:" + ports[1], "PURSER_RATE_LIMITS", "off")).start());
        }
        nodes.forEach(NodeProcess::awaitReady);
    }

    @AfterEach
    void endBoth() {
        nodes.forEach(NodeProcess::close);
    }

    @Test
    void shouldConserveTokensWhateverIsKilled() throws Exception {
        for (String wallet : wallets) {
            assertThat(nodes.getFirst().as(DemoUser.BACKEND).post("/wallets/" + wallet + "/credits", new JsonObject()
                    .put("amount", EACH).put("source", "purchased").put("reason", "test")).status()).isEqualTo(200);
        }
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Random random = new Random(seed + i);
            clients.add(Thread.ofVirtual().start(() -> send(random)));
        }
        Random random = new Random(seed);
        for (int kill = 1; kill <= KILLS; kill++) {
            int enough = acknowledged.size() + BETWEEN_KILLS + random.nextInt(BETWEEN_KILLS);
            await("transfers").atMost(PATIENCE).until(() -> acknowledged.size() > enough);
            NodeProcess victim = nodes.get(random.nextInt(nodes.size()));
            victim.kill();
            assertThat(inWalletsAndPost()).isEqualTo(EACH * wallets.size());
            victim.start().awaitReady();
        }
        going = false;
        for (Thread client : clients) {
            client.join();
        }

        await("an empty post").atMost(PATIENCE).until(() -> LawChecker.isPostEmpty(database));
        LawChecker.check(database);
        assertThat(inWalletsAndPost()).isEqualTo(EACH * wallets.size());
        assertThat(database.number("select count(*) from entries where amount > 0 and transfer_id = any('{%s}')"
                .formatted(String.join(",", acknowledged)))).isEqualTo(acknowledged.size());
    }

    /** Sends again what it got no answer to, at the other node, until it knows. */
    private void send(Random random) {
        for (int i = 0; going; i++) {
            String from = wallets.get(random.nextInt(wallets.size()));
            JsonObject gift = new JsonObject().put("recipient_id", wallets.get(random.nextInt(wallets.size())))
                    .put("amount", 1 + random.nextInt(40));
            String key = "gift-" + i + "-" + random.nextLong();
            int node = random.nextInt(nodes.size());
            while (going && !isAnswered(nodes.get(node % nodes.size()).as(DemoUser.BACKEND), from, gift, key)) {
                node++;
            }
        }
    }

    private boolean isAnswered(NodeClient node, String from, JsonObject gift, String key) {
        try {
            NodeClient.Reply reply = node.post("/wallets/" + from + "/gift", gift, key);
            if (reply.status() == 200) {
                acknowledged.add(reply.json().getJsonObject("transfer").getString("id"));
            }
            return reply.status() < 500;
        } catch (IOException noAnswer) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** At one moment. */
    private long inWalletsAndPost() {
        return database.number("""
                select (select coalesce(sum(balance), 0) from wallets) + (select coalesce(sum(amount), 0) from transfers
                         where in_post)""");
    }
}
