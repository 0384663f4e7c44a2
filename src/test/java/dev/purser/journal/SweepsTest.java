package dev.purser.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.support.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

class SweepsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final TestDatabase database = TestDatabase.create();
    private final Reads reads = database.reads(vertx);
    private final Sweeps sweeps = new Sweeps(reads);

    @AfterEach
    void close() throws Exception {
        reads.close().await(5, TimeUnit.SECONDS);
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void shouldFindTheDueWalletsPageByPage() throws Exception {
        wallet("late", "'2026-11-20T11:59:59Z'");
        wallet("later", "'2026-11-20T12:00:01Z'");
        wallet("never", "null");
        wallet("b", "'2026-11-20T11:00:00.123456Z'");
        wallet("a", "'2026-11-20T11:00:00.123456Z'");
        wallet("early", "'2025-01-01T00:00:00Z'");

        List<Sweeps.Due> first = await(sweeps.dueWallets(NOW, Sweeps.Due.FIRST, 2));
        List<Sweeps.Due> second = await(sweeps.dueWallets(NOW, first.getLast(), 2));
        List<Sweeps.Due> third = await(sweeps.dueWallets(NOW, second.getLast(), 2));

        assertThat(first).extracting(Sweeps.Due::walletId).containsExactly("early", "a");
        assertThat(second).extracting(Sweeps.Due::walletId).containsExactly("b", "late");
        assertThat(third).isEmpty();
    }

    @Test
    void shouldForgetOldKeysOfClientsOnly() throws Exception {
        key("client:a:1", false, "2026-10-01T00:00:00Z");
        key("client:a:2", false, "2026-10-02T00:00:00Z");
        key("client:a:3", false, "2026-10-03T00:00:00Z");
        key("client:a:4", false, "2026-11-20T00:00:00Z");
        key("stripe:pi_1", true, "2024-01-01T00:00:00Z");
        Instant before = Instant.parse("2026-10-21T12:00:00Z");

        assertThat(await(sweeps.forgetClientKeys(before, 2))).isEqualTo(2);
        assertThat(await(sweeps.forgetClientKeys(before, 2))).isEqualTo(1);
        assertThat(await(sweeps.forgetClientKeys(before, 2))).isZero();

        assertThat(keys()).containsExactly("client:a:4", "stripe:pi_1");
    }

    @Test
    void shouldForgetOldOrdersAndDeclines() throws Exception {
        database.execute(
                """
                        insert into orders (id, payer, purchase_id, ordered_at) values
                            ('o1', 'a', 'pi_1', '2026-10-01'), ('o2', 'a', null, '2026-10-02'), ('o3', 'a', 'pi_3', '2026-11-20');
                        insert into declines (payment_id, payer, declined_at) values
                            ('pi_1', 'a', '2026-10-01'), ('pi_2', 'a', '2026-10-02'), ('pi_3', 'a', '2026-11-20')""");
        Instant before = Instant.parse("2026-10-21T12:00:00Z");

        assertThat(await(sweeps.forgetOrders(before, 1))).isOne();
        assertThat(await(sweeps.forgetOrders(before, 5))).isOne();
        assertThat(await(sweeps.forgetDeclines(before, 1))).isOne();
        assertThat(await(sweeps.forgetDeclines(before, 5))).isOne();

        assertThat(database.texts("select id from orders union all select payment_id from declines"))
                .containsExactlyInAnyOrder("o3", "pi_3");
    }

    private void wallet(String id, String dueAt) {
        database.execute("insert into wallets values ('" + id
                + "', 1, 1, 0, 0, 0, 'active', 0, 0, 0, '[]', " + dueAt + ", now())");
    }

    private void key(String key, boolean lasting, String at) {
        database.execute("insert into operations values ('a', '" + key + "', 'f', 'o', '{}', " + lasting + ", '" + at
                + "')");
    }

    private List<String> keys() throws Exception {
        List<String> keys = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select op_key from operations order by op_key")) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(5, TimeUnit.SECONDS);
    }
}
