package dev.purser.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.sandbox.DemoUser;
import dev.purser.support.FaultyProxy;
import dev.purser.support.NodeProcess;
import dev.purser.support.TestDatabase;
import io.vertx.core.json.JsonObject;

/** How the service starts, and how it does not. */
@Timeout(60)
class StartIT {

    private static final Duration PROMPTLY = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(15);

    @Test
    void shouldNameEveryWrongSettingAndNotStart() throws Exception {
        Map<String, String> wrong = Map.of("PURSER_DATABASE_URL", "mysql://elsewhere/purser", "PURSER_HTTP_PORT",
                "eighty", "PURSER_JWT_SECRET", "short", "PURSER_LANES", "0", "PURSER_LANE_IDLE", "ten minutes");
        try (NodeProcess node = new NodeProcess("wrong-settings", wrong).start()) {
            assertThat(node.awaitExit(SOON)).isEqualTo(1);
            assertThat(node.output())
                    .contains("database.url", "http.port", "\"eighty\"", "jwt.secret", "lanes", "\"0\"",
                            "lane.idle", "\"ten minutes\"")
                    .doesNotContain("short", "mysql", "Exception", "\tat ");
        }
    }

    @Test
    void shouldSayWhatToSetWhenProductionHasNoDatabase() throws Exception {
        try (NodeProcess node = new NodeProcess("no-database", Map.of()).start()) {
            assertThat(node.awaitExit(SOON)).isEqualTo(1);
            assertThat(node.output()).contains("set PURSER_DATABASE_URL=postgresql://").doesNotContain("\tat ");
        }
    }

    @Test
    void shouldWaitForItsDatabase() throws Exception {
        try (FaultyProxy way = FaultyProxy.before(TestDatabase.create().url())) {
            way.cut();
            try (NodeProcess node = new NodeProcess("late-database", Map.of("PURSER_DATABASE_URL", way.url()))
                    .start()) {
                waitsForTheDatabase(node);
                way.heal();
                node.awaitReady();
                assertThat(node.as(DemoUser.ALICE).get("/tokens/balance").status()).isEqualTo(200);
                assertThat(node.terminate()).isZero();
            }
        }
    }

    @Test
    void shouldEndPromptlyWhileItWaits() throws Exception {
        try (FaultyProxy way = FaultyProxy.before(TestDatabase.create().url())) {
            way.cut();
            try (NodeProcess node = new NodeProcess("never-a-database", Map.of("PURSER_DATABASE_URL", way.url()))
                    .start()) {
                waitsForTheDatabase(node);
                node.tellToEnd();
                assertThat(node.awaitExit(PROMPTLY)).isZero();
            }
        }
    }

    private static void waitsForTheDatabase(NodeProcess node) throws Exception {
        await("waits").atMost(SOON)
                .until(() -> node.output().contains("Waiting for the database. Expected PostgreSQL"));
        assertThat(node.managementStatus("/health/live")).isEqualTo(200);
        assertThat(node.managementStatus("/health/ready")).isEqualTo(503);
        JsonObject checks = node.management("/health/ready").json().getJsonObject("checks");
        assertThat(checks.getJsonObject("database").getBoolean("ready")).isFalse();
        assertThat(checks.getJsonObject("database").getString("why")).startsWith("Expected PostgreSQL at 127.0.0.1:");
    }
}
