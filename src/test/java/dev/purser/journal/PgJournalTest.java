package dev.purser.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
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
import dev.purser.wallet.Command;
import dev.purser.wallet.Decision;
import dev.purser.wallet.Fact;
import dev.purser.wallet.HoldState;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Lots;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Payment;
import dev.purser.wallet.Rules;
import dev.purser.wallet.Sendings;
import dev.purser.wallet.Terms;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;
import dev.purser.wallet.Reversal;
import dev.purser.wallet.TakenBack;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/** A lane's journal against a real PostgreSQL. */
class PgJournalTest {

    private static final Authority HOUSE = new Authority.House();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

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
        assertThat(statements).as("for a new wallet, for one that is there, and with keys")
                .extracting(statement -> statement.getLong("generic_plans")).containsExactlyInAnyOrder(1L, 19L, 20L);
        assertThat(statements).as("longer than what is kept by default")
                .anyMatch(statement -> statement.getString("statement").length() > 2_048);
    }

    @Test
    void shouldTryItsConnectionsOutWithoutWritingAnything() {
        LaneRig.await(journal.warmUp());
        assertThat(journal.connected().isComplete()).isTrue();
        RowSet<Row> statements = LaneRig.await(journal.connected()
                .compose(lane -> lane.query("select statement from pg_prepared_statements").execute()));
        assertThat(statements).extracting(statement -> statement.getString("statement"))
                .anyMatch(statement -> statement.startsWith("with want"));
        assertThat(tables.number("select count(*) from wallets")).isZero();
    }

    @Test
    void shouldReadBackWhatItWrote() {
        Wallet wallet = Wallet.empty("read-back");
        wallet = commit(wallet, null, new Command.Credit(100, LotSource.PURCHASED, null, Memo.of("pack", "{\"a\":1}")));
        wallet = commit(wallet, null, new Command.Credit(50, LotSource.ALLOWANCE, now.plusSeconds(3_600), Memo.NONE));
        wallet = commit(wallet, null, new Command.OpenHold("hold-1", 70, "a call", Duration.ofMinutes(5)));
        wallet = commit(wallet, null, new Command.OpenHold("hold-2", 5, null, Duration.ofMinutes(1)));
        wallet = commit(wallet, null, new Command.ExtendHold("hold-2", 5, Duration.ofMinutes(9)));
        assertThat(load("read-back")).isEqualTo(new Journal.Stored(wallet, 1, List.of()));
        wallet = commit(wallet, null, new Command.SettleHold("hold-1", 60, false, Memo.of("done")));
        wallet = commit(wallet, null, new Command.Credit(30, LotSource.PURCHASED, null, Memo.NONE));
        wallet = commit(wallet, null, new Command.Reverse(new Reversal("pi_1", TakenBack.NONE, 0, 0, 20, 1)));
        assertThat(load("read-back")).isEqualTo(new Journal.Stored(wallet, 1, List.of()));
        wallet = commit(wallet, null, new Command.Reverse(new Reversal("pi_2", TakenBack.NONE, 1_000, 0, 0, 1)));
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
    void shouldWriteNothingOfAWalletAloneThatSomeoneElseHasWritten() {
        Wallet seen = commit(Wallet.empty("alone"), null, credit(10));
        Wallet after = commit(seen, null, credit(1));
        Batch stale = new Batch(List.of(write(seen, OpKey.ofClient("alone", "a", "f"),
                new Command.OpenHold("h", 1, null, Duration.ofHours(1)))), OwnsAll.FOR_EVER);
        assertThat(LaneRig.await(journal.commit(stale))).isInstanceOfSatisfying(Journal.Written.Committed.class,
                committed -> assertThat(committed.missed()).containsExactly("alone"));
        assertThat(load("alone").wallet()).isEqualTo(after);
        assertThat(LaneRig.await(journal.findKeys(List.of(new Journal.KeyName("alone", "client:alone/a"))))).isEmpty();
        LawChecker.check(tables);
    }

    /** That nobody remembers: a lane that does would not have decided on it again. */
    @Test
    void shouldWriteNothingOfAWalletWhoseKeyWasUsed() {
        OpKey key = OpKey.ofClient("twice", "k", "f");
        Wallet twice = commit(commit(Wallet.empty("twice"), null, credit(10)), key, credit(5));
        Wallet other = commit(Wallet.empty("other"), null, credit(10));
        Batch again = new Batch(List.of(write(twice, key, credit(5)),
                write(other, OpKey.ofClient("other", "o", "f"), credit(5))), OwnsAll.FOR_EVER);

        assertThat(LaneRig.await(journal.commit(again))).isInstanceOfSatisfying(Journal.Written.Committed.class,
                committed -> {
                    assertThat(committed.missed()).isEmpty();
                    assertThat(committed.taken()).extracting(Journal.Taken::walletId, Journal.Taken::key,
                            used -> used.reply().receipt().balance())
                            .containsExactly(tuple("twice", key.text(), 15L));
                });

        assertThat(load("twice").wallet()).isEqualTo(twice);
        assertThat(load("other").wallet().balance()).isEqualTo(15);
        LawChecker.check(tables);
    }

    /** A payment and a step have a name of their own, which there must be one of only as well: it may be noticed first. */
    @Test
    void shouldKnowWhatCameBeforeByItsKeyWhateverElseItRepeats() {
        Payment payment = new Payment("pi_repeated", "pack", 10, 0, 499, "usd", null);
        OpKey paid = OpKey.ofStripe(payment);
        Reversal reversal = new Reversal(payment.id(), TakenBack.NONE, 0, 0, 4, 1);
        OpKey frozen = OpKey.ofReversal(reversal);
        OpKey given = OpKey.ofClient("repeats", "g", "f");
        Command gift = new Command.Send(
                new Transfer("tr_repeated", TransferKind.GIFT, "repeats", "friend", 1, null, null), null);
        Wallet wallet = commit(Wallet.empty("repeats"), paid, new Command.Purchase(payment));
        wallet = commit(wallet, frozen, new Command.Reverse(reversal));
        wallet = commit(wallet, given, gift);

        for (Batch.Write again : List.of(write(wallet, paid, new Command.Purchase(payment)),
                write(wallet, frozen, new Command.Reverse(reversal)), write(wallet, given, gift))) {
            Journal forgetful = new PgJournal(vertx, database);
            assertThat(LaneRig.await(forgetful.commit(new Batch(List.of(again), OwnsAll.FOR_EVER))))
                    .isInstanceOfSatisfying(Journal.Written.Committed.class,
                            committed -> assertThat(committed.taken()).extracting(Journal.Taken::key)
                                    .containsExactly(Objects.requireNonNull(again.postings().getFirst().key()).text()));
        }

        assertThat(load("repeats").wallet()).isEqualTo(wallet);
        LawChecker.check(tables);
    }

    @Test
    void shouldLookForKeysForAWhileOnceOneWasUsed() {
        OpKey key = OpKey.ofClient("wary", "k", "f");
        Wallet wallet = commit(commit(Wallet.empty("wary"), null, credit(10)), key, credit(5));
        Batch again = new Batch(List.of(write(wallet, key, credit(5))), OwnsAll.FOR_EVER);
        assertThat(List.of(LaneRig.await(journal.commit(again)), LaneRig.await(journal.commit(again))))
                .allSatisfy(written -> assertThat(written).isInstanceOfSatisfying(Journal.Written.Committed.class,
                        committed -> assertThat(committed.taken()).extracting(Journal.Taken::key)
                                .containsExactly(key.text())));
        RowSet<Row> statements = LaneRig.await(journal.connected().compose(lane -> lane.query("""
                select statement like '%join operations%' as looks, generic_plans
                  from pg_prepared_statements where statement like '%into operations%'""").execute()));
        assertThat(statements).as("without looking: one that is new and one that is not; looking: that again, twice")
                .extracting(row -> row.getBoolean("looks"), row -> row.getLong("generic_plans"))
                .containsExactlyInAnyOrder(tuple(false, 2L), tuple(true, 2L));
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
    void shouldReadBackCallsAndPayoutsAndWhatWasSent() {
        Transfer tip = new Transfer("tr_1", TransferKind.TIP, "fan", "star", 40, null, null);
        Wallet fan = commit(commit(Wallet.empty("fan"), null, credit(40)), null, new Command.Send(tip, null));
        assertThat(fan.balance()).isZero();
        Wallet wallet = commit(Wallet.empty("star"), null, credit(100));
        wallet = commit(wallet, null, new Command.Receive(tip));
        wallet = commit(wallet, null, new Command.RequestPayout("payout_1", 30, 40));
        OpKey key = OpKey.ofClient("star", "k", "f");
        wallet = commit(wallet, key,
                new Command.StartCall("call_1", "other", 10, 5, false, Duration.ofMinutes(2), null));
        wallet = commit(wallet, null, new Command.Send(
                new Transfer("tr_2", TransferKind.GIFT, "star", "bob", 3, null, null), null));

        Wallet read = load("star").wallet();

        assertThat(read.holds()).isEqualTo(wallet.holds());
        assertThat(read.lots()).isEqualTo(wallet.lots());
        assertThat(read.sendings().day()).isEqualTo(Sendings.dayOf(Instant.now()));
        assertThat(read.sendings().last()).isEqualTo(wallet.version());
        assertThat(read.sendings().to()).containsOnlyKeys("other", "bob");
        assertThat(read.sendings().to().values().stream().mapToLong(Sendings.ToOne::tokens))
                .containsExactlyInAnyOrder(10L, 3L);
        List<Journal.Taken> taken = LaneRig.await(journal.findKeys(List.of(new Journal.KeyName("star", key.text()))));
        assertThat(taken.getFirst().reply().receipt().hold()).isEqualTo(
                new Fact.HoldChanged(Objects.requireNonNull(wallet.holds().find("call_1")), HoldState.OPEN));
    }

    /** What came back may be sent again, any number of times in a day. */
    @Test
    void shouldReadBackThatMoreWasSentThanThereCanBe() {
        Wallet wallet = commit(Wallet.empty("vast"), null, credit(1L << 62));
        for (int i = 0; i < 3; i++) {
            Lots all = wallet.lots();
            Transfer gift = new Transfer("tr_vast" + i, TransferKind.GIFT, "vast", "sink", 1L << 62, null, null);
            wallet = commit(wallet, null, new Command.Send(gift, null));
            wallet = commit(wallet, OpKey.ofReturn(gift), new Command.TakeBack(gift, all));
        }

        assertThat(List.of(wallet, load("vast").wallet())).allSatisfy(known -> assertThat(known.sendings().to())
                .hasEntrySatisfying("sink", sent -> assertThat(sent.tokens()).isEqualTo(Long.MAX_VALUE)));
    }

    @Test
    void shouldKnowTheLastTransferOfAWalletThatHasSentItBeforeItHadARow() {
        Transfer gift = new Transfer("tr_7", TransferKind.GIFT, "eager", "bob", 4, null, null);
        Decision.Accepted credited = decide(Wallet.empty("eager"), credit(10));
        Decision.Accepted sent = decide(credited.after(), new Command.Send(gift, null));
        Batch.Write both = new Batch.Write(0, 0, sent.after(),
                List.of(posting(null, credited), posting(null, sent)));

        assertThat(LaneRig.await(journal.commit(new Batch(List.of(both), OwnsAll.FOR_EVER))))
                .isEqualTo(new Journal.Written.Committed(Set.of(), List.of()));

        assertThat(load("eager").wallet().sendings()).isEqualTo(sent.after().sendings());
        LawChecker.check(tables);
    }

    /** What was taken in before, and what nobody ever sent. */
    @Test
    void shouldTakeInNothingThatIsNotInThePost() {
        Transfer gift = new Transfer("tr_9", TransferKind.GIFT, "giver", "given", 40, null, null);
        Wallet given = commit(Wallet.empty("given"), null, credit(1));

        assertThat(LaneRig.await(journal.commit(new Batch(List.of(
                write(given, OpKey.ofTransfer(gift), new Command.Receive(gift))), OwnsAll.FOR_EVER))))
                .isInstanceOfSatisfying(Journal.Written.Committed.class,
                        committed -> assertThat(committed.taken()).extracting(Journal.Taken::key)
                                .containsExactly("transfer:tr_9"));
        assertThat(load("given").wallet().balance()).isEqualTo(1);
    }

    /** Or else what a node with a wrong clock has sent would lie there until the others' clocks say the same. */
    @Test
    void shouldKnowByTheDatabasesClockHowLongSomethingIsInThePost() {
        Transfer gift = new Transfer("tr_8", TransferKind.GIFT, "hasty", "bob", 1, null, null);
        Wallet hasty = commit(commit(Wallet.empty("hasty"), null, credit(1)), null, new Command.Send(gift, null),
                now.plusSeconds(600));
        assertThat(hasty.balance()).isZero();
        assertThat(LaneRig.await(new Sweeps(database.reads()).post(Duration.ZERO, Sweeps.Posted.Place.FIRST, 10)))
                .extracting(posted -> posted.transfer().id()).containsExactly("tr_8");
    }

    @Test
    void shouldReadBackACallInItsLastMinute() {
        Wallet wallet = commit(Wallet.empty("short"), null, credit(10));
        wallet = commit(wallet, null,
                new Command.StartCall("call_2", "other", 10, 5, true, Duration.ofMinutes(2), null));
        wallet = commit(wallet, null, new Command.ExpireDue(), now.plusSeconds(60));
        assertThat(wallet.held()).isZero();
        assertThat(load("short").wallet().holds()).isEqualTo(wallet.holds());
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

    /** The look is under way when the step is written: it has to wait, and finds the number gone. */
    @Test
    void shouldNotTakeAStepThatWasDecidedOnBeforeALook() throws Exception {
        Payment payment = new Payment("pi_looked_at", "pack", 10, 0, 499, "usd", null);
        Wallet wallet = commit(Wallet.empty("looked-at"), OpKey.ofStripe(payment), new Command.Purchase(payment));
        Reversal reversal = new Reversal(payment.id(), TakenBack.NONE, 0, 0, 10, 1);
        Batch step = new Batch(List.of(write(wallet, OpKey.ofReversal(reversal), new Command.Reverse(reversal))),
                OwnsAll.FOR_EVER);
        Future<Journal.Written> written;
        try (Connection other = tables.connect(); Statement look = other.createStatement()) {
            other.setAutoCommit(false);
            assertThat(look.executeUpdate("update payments set last_look = 1")).isOne();
            written = journal.commit(step);
            await("the step waits").until(() -> tables.number("select count(*) from pg_locks where not granted") > 0);
            other.commit();
        }
        assertThat(LaneRig.await(written)).isInstanceOfSatisfying(Journal.Written.Committed.class,
                committed -> assertThat(committed.taken()).extracting(Journal.Taken::key)
                        .containsExactly("reversal:pi_looked_at:1"));
        assertThat(load("looked-at").wallet()).isEqualTo(wallet);
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
        return commit(wallet, key, command, now);
    }

    private Wallet commit(Wallet wallet, @Nullable OpKey key, Command command, Instant at) {
        Batch.Write write = write(wallet, key, command, at);
        assertThat(LaneRig.await(journal.commit(new Batch(List.of(write), OwnsAll.FOR_EVER))))
                .isEqualTo(new Journal.Written.Committed(Set.of(), List.of()));
        return write.after();
    }

    private Batch.Write write(Wallet wallet, @Nullable OpKey key, Command command) {
        return write(wallet, key, command, now);
    }

    private Batch.Write write(Wallet wallet, @Nullable OpKey key, Command command, Instant at) {
        Decision.Accepted accepted = decide(wallet, command, at);
        return new Batch.Write(wallet.version(), wallet.version() == 0 ? 0 : 1, accepted.after(),
                List.of(posting(key, accepted)));
    }

    private Decision.Accepted decide(Wallet wallet, Command command) {
        return decide(wallet, command, now);
    }

    private static Decision.Accepted decide(Wallet wallet, Command command, Instant at) {
        return (Decision.Accepted) Rules.decide(wallet, command, HOUSE, at, Terms.FREE);
    }

    private static Batch.Posting posting(@Nullable OpKey key, Decision.Accepted accepted) {
        return new Batch.Posting(Ids.next(), key, accepted.receipt(), accepted.facts());
    }

    private Journal.Stored load(String wallet) {
        Future<List<Journal.Stored>> stored = journal.load(List.of(wallet));
        return LaneRig.await(stored).getFirst();
    }
}
