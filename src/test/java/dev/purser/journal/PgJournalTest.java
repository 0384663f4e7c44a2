package dev.purser.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.lane.Batch;
import dev.purser.lane.Ids;
import dev.purser.lane.Journal;
import dev.purser.lane.OpKey;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.support.LawChecker;
import dev.purser.support.OwnsAll;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Authority;
import dev.purser.wallet.ClawbackCause;
import dev.purser.wallet.Command;
import dev.purser.wallet.Decision;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Rules;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/** A lane's journal against a real PostgreSQL. */
class PgJournalTest {

    private static final Authority HOUSE = new Authority.House();
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123456Z");

    private final TestDatabase tables = TestDatabase.create();
    private final Vertx vertx = Vertx.vertx();
    private final Database database = new Database(vertx, Defaults.database(tables.url()));
    private final PgJournal journal = new PgJournal(vertx, database);

    @AfterEach
    void close() {
        LaneRig.await(vertx.close());
    }

    @Test
    void shouldPrepareAStatementOnceForAConnection() {
        Wallet wallet = Wallet.empty("prepared");
        for (int i = 0; i < 20; i++) {
            wallet = commit(wallet, null, new Command.Credit(10, LotSource.PROMO, null, Memo.NONE));
        }
        for (int i = 0; i < 20; i++) {
            OpKey key = OpKey.ofClient("prepared", "key-" + i, "f");
            wallet = commit(wallet, key, new Command.Spend(1, Memo.NONE));
        }
        RowSet<Row> statements = LaneRig.await(journal.connected().compose(lane -> lane
                .query("select statement, generic_plans from pg_prepared_statements where statement like 'with want%'")
                .execute()));
        assertThat(statements.size()).isEqualTo(2);
        statements.forEach(statement -> {
            assertThat(statement.getString("statement").length()).isGreaterThan(2_048);
            assertThat(statement.getLong("generic_plans")).isEqualTo(20);
        });
    }

    @Test
    void shouldReadBackWhatItWrote() {
        Wallet wallet = Wallet.empty("read-back");
        wallet = commit(wallet, null, new Command.Credit(100, LotSource.PURCHASED, null, Memo.of("pack", "{\"a\":1}")));
        wallet = commit(wallet, null, new Command.Credit(50, LotSource.ALLOWANCE, NOW.plusSeconds(3_600), Memo.NONE));
        wallet = commit(wallet, null, new Command.OpenHold("hold-1", 70, "a call", Duration.ofMinutes(5)));
        wallet = commit(wallet, null, new Command.OpenHold("hold-2", 5, null, Duration.ofMinutes(1)));
        wallet = commit(wallet, null, new Command.ExtendHold("hold-2", 5, Duration.ofMinutes(9)));
        assertThat(load("read-back")).isEqualTo(new Journal.Stored(wallet, 1, List.of()));
        wallet = commit(wallet, null, new Command.SettleHold("hold-1", 60, false, Memo.of("done")));
        wallet = commit(wallet, null,
                new Command.Clawback(1_000, ClawbackCause.REFUND, LotSource.PURCHASED, Memo.NONE));
        assertThat(load("read-back")).isEqualTo(new Journal.Stored(wallet, 1, List.of()));
        wallet = commit(wallet, null, new Command.Freeze("suspicious"));
        assertThat(load("read-back")).isEqualTo(new Journal.Stored(wallet, 1, List.of()));
        assertThat(load("never-seen")).isEqualTo(new Journal.Stored(Wallet.empty("never-seen"), 0, List.of()));
        LawChecker.check(tables);
    }

    @Test
    void shouldWriteNothingOfAWalletThatSomeoneElseHasWritten() {
        Wallet seen = commit(Wallet.empty("raced"), null, credit(10));
        Wallet other = commit(Wallet.empty("other"), null, credit(10));
        Wallet after = commit(seen, null, credit(1));
        Batch stale = new Batch(List.of(write(other, OpKey.ofClient("other", "o", "f"), credit(5)),
                write(seen, OpKey.ofClient("raced", "r", "f"),
                        new Command.OpenHold("h", 1, null, Duration.ofHours(1)))),
                OwnsAll.FOR_EVER);
        Journal.Written written = LaneRig.await(journal.commit(stale));
        assertThat(written).isInstanceOfSatisfying(Journal.Written.Committed.class, committed -> {
            assertThat(committed.missed()).containsExactly("raced");
            assertThat(committed.taken()).isEmpty();
        });
        assertThat(load("raced").wallet()).isEqualTo(after);
        assertThat(load("other").wallet().balance()).isEqualTo(15);
        assertThat(LaneRig.await(journal.findKeys(List.of(new Journal.KeyName("raced", "client:raced/r"),
                new Journal.KeyName("other", "client:other/o"))))).extracting(Journal.Taken::walletId)
                .containsExactly("other");
        LawChecker.check(tables);
    }

    @Test
    void shouldRaiseTheEpochOfWhatItSettles() {
        Wallet wallet = commit(Wallet.empty("settled"), null, credit(10));
        Batch notSent = new Batch(List.of(write(wallet, null, credit(5)), write(Wallet.empty("new"), null, credit(5))),
                OwnsAll.FOR_EVER);
        assertThat(LaneRig.await(journal.settle(notSent))).isEmpty();
        assertThat(load("settled")).isEqualTo(new Journal.Stored(wallet, 2, List.of()));
        assertThat(load("new").epoch()).isEqualTo(1);
        assertThat(LaneRig.await(journal.commit(notSent))).isInstanceOfSatisfying(Journal.Written.Committed.class,
                late -> assertThat(late.missed()).containsExactlyInAnyOrder("settled", "new"));
        assertThat(LaneRig.await(journal.settle(notSent))).isEmpty();
        assertThat(load("new").wallet()).isEqualTo(Wallet.empty("new"));
        LawChecker.check(tables);
    }

    @Test
    void shouldWriteNothingThatComesTooLate() {
        Wallet wallet = commit(Wallet.empty("late"), null, credit(10));
        Batch.Write write = write(wallet, OpKey.ofClient("late", "k", "f"), credit(5));

        assertThat(LaneRig.await(journal.commit(new Batch(List.of(write), Instant.now().minusSeconds(1)))))
                .isInstanceOf(Journal.Written.NotApplied.class);

        assertThat(load("late").wallet()).isEqualTo(wallet);
        assertThat(LaneRig.await(journal.commit(new Batch(List.of(write), Instant.now().plusSeconds(60)))))
                .isEqualTo(new Journal.Written.Committed(Set.of(), List.of()));
        LawChecker.check(tables);
    }

    @Test
    void shouldRefuseToChangeTheLedger() throws Exception {
        assertThat(commit(Wallet.empty("kept"), null, credit(10)).version()).isEqualTo(1);
        try (Connection connection = tables.connect(); Statement statement = connection.createStatement()) {
            for (String change : List.of("update entries set amount = 1", "delete from entries", "truncate entries",
                    "delete from audit")) {
                assertThatThrownBy(() -> statement.execute(change))
                        .hasMessageContaining("append-only");
            }
            try (ResultSet rows = statement.executeQuery("select count(*) from entries")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
        }
    }

    private static Command credit(long amount) {
        return new Command.Credit(amount, LotSource.PROMO, null, Memo.NONE);
    }

    private Wallet commit(Wallet wallet, @Nullable OpKey key, Command command) {
        Batch.Write write = write(wallet, key, command);
        assertThat(LaneRig.await(journal.commit(new Batch(List.of(write), OwnsAll.FOR_EVER))))
                .isEqualTo(new Journal.Written.Committed(Set.of(), List.of()));
        return write.after();
    }

    private static Batch.Write write(Wallet wallet, @Nullable OpKey key, Command command) {
        Decision.Accepted accepted = (Decision.Accepted) Rules.decide(wallet, command, HOUSE, NOW);
        return new Batch.Write(wallet.version(), wallet.version() == 0 ? 0 : 1, accepted.after(),
                List.of(new Batch.Posting(Ids.next(), key, accepted.receipt(), accepted.facts())));
    }

    private Journal.Stored load(String wallet) {
        Future<List<Journal.Stored>> stored = journal.load(List.of(wallet));
        return LaneRig.await(stored).getFirst();
    }
}
