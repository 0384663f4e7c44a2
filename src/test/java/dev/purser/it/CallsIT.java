package dev.purser.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.sandbox.DemoUser;
import dev.purser.support.FreePorts;
import dev.purser.support.LawChecker;
import dev.purser.support.Load;
import dev.purser.support.NodeProcess;
import dev.purser.support.Seed;
import dev.purser.support.TestDatabase;
import io.vertx.core.json.JsonObject;

/** Calls go on while nodes are killed: no minute is lost and none is charged twice. A minute lasts a second here. */
@Timeout(120)
class CallsIT {

    private static final int MINUTES = 9;
    private static final int RATE = 7;
    private static final String MINUTES_PAID = "select count(*) from entries where transfer_id is not null and amount < 0";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestDatabase database = TestDatabase.create();
    private final int[] ports = {FreePorts.next(), FreePorts.next()};
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<String> payers = Load.wallets("payer", 20);
    private final Random random = new Random(Seed.take("calls"));

    @BeforeEach
    void startTwo() throws Exception {
        for (int i = 0; i < ports.length; i++) {
            nodes.add(new NodeProcess("calls-" + i, Map.of("PURSER_DATABASE_URL", database.url(),
                    "PURSER_CLUSTER_PORT", String.valueOf(ports[i]), "PURSER_CLUSTER_MEMBERS",
                    "127.0.0.1:" + ports[0] + ",127.0.0.1:" + ports[1], "PURSER_CALLS_MINUTE", "1s",
                    "PURSER_SWEEP_POST_AFTER", "1s")).start());
        }
        nodes.forEach(NodeProcess::awaitReady);
        assertThat(nodes.getFirst().as(DemoUser.ADMIN).put("/accounts/star", new JsonObject().put("is_creator", true))
                .status()).isEqualTo(200);
    }

    @AfterEach
    void endBoth() {
        nodes.forEach(NodeProcess::close);
    }

    @Test
    void shouldChargeEachMinuteOnceWhateverIsKilled() throws Exception {
        for (String payer : payers) {
            post("/wallets/" + payer + "/credits",
                    new JsonObject().put("amount", 1_000).put("source", "purchased").put("reason", "test"), 200);
            post("/wallets/" + payer + "/calls", new JsonObject().put("creator_id", "star")
                    .put("rate_per_minute", RATE).put("max_minutes", MINUTES).put("lease_seconds", 600), 201);
        }
        for (long minutes : new long[]{2, 5}) {
            await("minutes").atMost(PATIENCE).until(() -> database.number(MINUTES_PAID) > minutes * 20);
            NodeProcess victim = nodes.get(random.nextInt(nodes.size()));
            victim.kill();
            victim.start().awaitReady();
        }

        await("the end of all calls").atMost(PATIENCE)
                .until(() -> database.number("select count(*) from holds where use = 'call' and state = 'open'") == 0);
        await("an empty post").atMost(PATIENCE).until(() -> LawChecker.isPostEmpty(database));
        LawChecker.check(database);
        assertThat(database.number("select count(*) from holds where details ->> 'end' = 'time_up'"))
                .isEqualTo(payers.size());
        for (String payer : payers) {
            assertThat(database.number(MINUTES_PAID + " and wallet_id = '" + payer + "'")).as(payer)
                    .isEqualTo(MINUTES);
            assertThat(database.number("select balance from wallets where id = '" + payer + "'")).as(payer)
                    .isEqualTo(1_000 - MINUTES * RATE);
        }
        assertThat(database.number("select balance from wallets where id = 'star'"))
                .isEqualTo((long) payers.size() * MINUTES * RATE);
        assertThat(database.number("select sum(cents) from earnings")).as("50 cents for 100")
                .isEqualTo((long) payers.size() * MINUTES * RATE / 2);
    }

    private void post(String path, JsonObject body, int status) throws IOException, InterruptedException {
        assertThat(nodes.getFirst().as(DemoUser.BACKEND).post(path, body).status()).as(path).isEqualTo(status);
    }
}
