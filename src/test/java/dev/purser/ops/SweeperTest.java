package dev.purser.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.journal.Reads;
import dev.purser.journal.Sweeps;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Wallets;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

class SweeperTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final SweepSettings SETTINGS = new SweepSettings(Duration.ofMillis(20), 10, 4, Duration.ofMillis(20),
            Duration.ZERO, 10, Duration.ofMillis(20), 10, Duration.ofDays(30));

    private final Vertx vertx = Vertx.vertx();
    private final TestDatabase database = TestDatabase.create();
    private final Reads reads = database.reads(vertx);
    private final Pool pool = PgBuilder.pool().connectingTo(database.url()).using(vertx).build();
    private final ExpiringWallets wallets = new ExpiringWallets();
    private final Sweeper sweeper = new Sweeper(vertx, new Sweeps(reads), wallets, id -> !id.startsWith("other"),
            SETTINGS,
            () -> NOW);

    @AfterEach
    void close() throws Exception {
        sweeper.stop().await(5, TimeUnit.SECONDS);
        pool.close().await(5, TimeUnit.SECONDS);
        reads.close().await(5, TimeUnit.SECONDS);
        vertx.close().await(5, TimeUnit.SECONDS);
    }

    @Test
    void shouldTellEachDueWalletThatThisNodeOwns() {
        // More than a page of another node's wallets come first.
        addWallets("other", 25, "2026-11-20T10:00:00Z");
        addWallets("mine", 25, "2026-11-20T11:00:00Z");
        addWallets("later", 1, "2026-11-20T13:00:00Z");

        sweeper.start();

        List<String> expected = IntStream.range(0, 25).mapToObj(number -> "mine" + number).sorted().toList();
        await().untilAsserted(() -> assertThat(wallets.expired).containsExactlyInAnyOrderElementsOf(expected));
        assertThat(wallets.operations).extracting(Operation::command).containsOnly(new Command.ExpireDue());
        assertThat(wallets.operations).extracting(Operation::by).containsOnly(new Authority.House());
        assertThat(wallets.mostAtOnce.get()).isBetween(2, SETTINGS.expiryInFlight());
    }

    @Test
    void shouldLetAWalletThatFailsKeepNoOtherWaiting() {
        wallets.unavailable.add("mine0");
        addWallets("mine", 12, "2026-11-20T11:00:00Z");

        sweeper.start();

        await().untilAsserted(() -> assertThat(wallets.expired).hasSize(11).doesNotContain("mine0"));
        wallets.unavailable.clear();
        await().untilAsserted(() -> assertThat(wallets.expired).hasSize(12));
    }

    @Test
    void shouldForgetOldKeysInChunks() {
        database.execute("insert into operations select 'a', 'client:a/' || n, 'f', 'o', '{}', false, "
                + "'2026-10-01T00:00:00Z' from generate_series(1, 35) n");
        database.execute("insert into operations values ('a', 'client:a/young', 'f', 'o', '{}', false, "
                + "'2026-11-01T00:00:00Z')");
        database.execute("insert into orders (id, payer, ordered_at) select 'o' || n, 'a', '2026-10-01T00:00:00Z'"
                + " from generate_series(1, 35) n");
        database.execute("insert into declines (payment_id, payer, declined_at) values ('pi_1', 'a', '2026-10-01')");

        sweeper.start();

        await().untilAsserted(() -> assertThat(countKeys()).isEqualTo(1));
        await().until(() -> database.number("select count(*) from orders") == 0);
        await().until(() -> database.number("select count(*) from declines") == 0);
    }

    @Test
    void shouldDoNothingMoreOnceStopped() throws Exception {
        sweeper.start();
        sweeper.stop().await(5, TimeUnit.SECONDS);
        addWallets("mine", 1, "2026-11-20T11:00:00Z");

        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(wallets.operations).isEmpty());
    }

    @Test
    void shouldGoOnAfterTheDatabaseFailed() {
        database.execute("alter table wallets rename to away");
        sweeper.start();
        await().during(Duration.ofMillis(100)).until(() -> wallets.operations.isEmpty());

        database.execute("alter table away rename to wallets");
        addWallets("mine", 1, "2026-11-20T11:00:00Z");

        await().untilAsserted(() -> assertThat(wallets.expired).containsExactly("mine0"));
    }

    private void addWallets(String prefix, int count, String dueAt) {
        database.execute("insert into wallets select '" + prefix + "' || n, 1, 1, 0, 0, 0, 'active', 0, 0, 0, '[]', '"
                + dueAt + "', now() from generate_series(0, " + (count - 1) + ") n");
    }

    private int countKeys() {
        return pool.query("select count(*)::int as keys from operations").execute()
                .map(rows -> rows.iterator().next().getInteger("keys")).await();
    }

    /** Wallets that are due no more once they were told. */
    private final class ExpiringWallets implements Wallets {

        final List<Operation> operations = new CopyOnWriteArrayList<>();
        final Set<String> expired = ConcurrentHashMap.newKeySet();
        final Set<String> unavailable = ConcurrentHashMap.newKeySet();
        final AtomicInteger mostAtOnce = new AtomicInteger();
        private final AtomicInteger atOnce = new AtomicInteger();

        @Override
        public Future<Outcome> send(Operation operation) {
            operations.add(operation);
            if (unavailable.contains(operation.walletId())) {
                return Future.succeededFuture(new Outcome.Unavailable(Outcome.Reason.REJECTED, 1));
            }
            int now = atOnce.incrementAndGet();
            mostAtOnce.accumulateAndGet(now, Math::max);
            return pool.preparedQuery("update wallets set due_at = null where id = $1")
                    .execute(Tuple.of(operation.walletId())).map(_ -> {
                        atOnce.decrementAndGet();
                        expired.add(operation.walletId());
                        return new Outcome.Seen(Wallet.empty(operation.walletId()), null);
                    });
        }
    }
}
