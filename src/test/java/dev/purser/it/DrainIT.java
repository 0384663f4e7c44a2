package dev.purser.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.sandbox.DemoUser;
import dev.purser.support.ClientLog;
import dev.purser.support.Load;
import dev.purser.support.LogChecker;
import dev.purser.support.NodeClient;
import dev.purser.support.NodeProcess;
import dev.purser.support.Pace;
import dev.purser.support.Seed;
import dev.purser.support.TestDatabase;

/** A node that is told to end under load. */
@Timeout(60)
class DrainIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ClientLog log = new ClientLog();
    private final TestDatabase database = TestDatabase.create();

    @Test
    void shouldAnswerAllThatItTookInAndThenEnd() throws Exception {
        try (NodeProcess node = NodeProcess.inProduction("drain", database).start().awaitReady()) {
            NodeClient backend = node.as(DemoUser.BACKEND);
            Load load = Load.start(log, List.of(backend), Load.wallets("drain", 8), Pace.clients(32),
                    Seed.take("drain"));
            await("answers").until(() -> log.acknowledged().size() > 500);

            long told = System.nanoTime();
            node.tellToEnd();
            await("not ready").pollInterval(Duration.ofMillis(2))
                    .until(() -> node.managementStatus("/health/ready") == 503);
            assertThat(node.awaitExit(PATIENCE)).isZero();
            Duration took = Duration.ofNanos(System.nanoTime() - told);
            load.abandon();

            System.out.println("Drained in " + took);
            assertThat(took).isLessThan(PATIENCE);
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> backend.get("/tokens/balance"));
            assertThat(log.acknowledged()).as("answers to what was under way")
                    .anyMatch(call -> call.sentAt() - told < 0 && call.heardAt() - told > 0);
            assertThat(LogChecker.carriedOutUnheard(log, database)).as("carried out, but not answered").isEmpty();
            LogChecker.check(log, database);
        }
    }
}
