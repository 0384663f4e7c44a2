package dev.purser.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import dev.purser.journal.BatchStatement.Part;
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
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Rules;
import dev.purser.wallet.Terms;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;
import dev.purser.wallet.Wallet;
import io.vertx.core.Vertx;

/** Whatever form of the statement writes a batch, the tables say afterwards what memory does. */
class BatchFormTest {

    private static final Command SPEND = new Command.Spend(7, Memo.NONE);
    private static final Command SPEND_FOR = new Command.Spend(7, Memo.of("a song", "{\"song\":1}"));
    private static final Command GRANT = new Command.Credit(5, LotSource.PROMO, null, Memo.NONE);
    private static final Command HOLD = new Command.OpenHold("hold", 9, null, Duration.ofHours(1));
    private static final Command FREEZE = new Command.Freeze("suspicious");

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final TestDatabase tables = TestDatabase.create();
    private final Vertx vertx = Vertx.vertx();
    private final PgJournal journal = new PgJournal(vertx, new Database(vertx, Defaults.database(tables.url())));

    @AfterEach
    void close() {
        LaneRig.await(vertx.close());
    }

    static Stream<Arguments> batches() {
        return Stream.of(
                Arguments.of(List.of(List.of(SPEND)), Set.of()),
                Arguments.of(List.of(List.of(SPEND, SPEND)), Set.of(Part.SEVERAL_ENTRIES)),
                Arguments.of(List.of(List.of(SPEND), List.of(SPEND)), Set.of(Part.SEVERAL_WALLETS)),
                Arguments.of(List.of(List.of(SPEND), List.of(SPEND, SPEND)),
                        Set.of(Part.SEVERAL_WALLETS, Part.SEVERAL_ENTRIES, Part.OWNERS)),
                Arguments.of(List.of(List.of(GRANT)), Set.of(Part.VARIOUS)),
                Arguments.of(List.of(List.of(SPEND, GRANT)), Set.of(Part.SEVERAL_ENTRIES, Part.VARIOUS)),
                Arguments.of(List.of(List.of(SPEND), List.of(GRANT)), Set.of(Part.SEVERAL_WALLETS, Part.VARIOUS)),
                Arguments.of(List.of(List.of(GRANT, SPEND), List.of(SPEND)),
                        Set.of(Part.SEVERAL_WALLETS, Part.SEVERAL_ENTRIES, Part.OWNERS, Part.VARIOUS)),
                Arguments.of(List.of(List.of(SPEND_FOR)), Set.of(Part.MEMOS)),
                Arguments.of(List.of(List.of(SPEND_FOR), List.of(SPEND)), Set.of(Part.SEVERAL_WALLETS, Part.MEMOS)),
                Arguments.of(List.of(List.of(SPEND, SPEND_FOR)), Set.of(Part.SEVERAL_ENTRIES, Part.MEMOS)),
                Arguments.of(List.of(List.of(tip(1))), Set.of(Part.MEMOS, Part.TRANSFERS)),
                Arguments.of(List.of(List.of(tip(1), tip(2))),
                        Set.of(Part.SEVERAL_ENTRIES, Part.MEMOS, Part.TRANSFERS)),
                Arguments.of(List.of(List.of(tip(1)), List.of(SPEND)),
                        Set.of(Part.SEVERAL_WALLETS, Part.VARIOUS, Part.MEMOS, Part.TRANSFERS)),
                Arguments.of(List.of(List.of(HOLD)), Set.of(Part.VARIOUS, Part.HOLDS_AND_AUDIT)),
                Arguments.of(List.of(List.of(FREEZE)), Set.of(Part.VARIOUS, Part.MEMOS, Part.HOLDS_AND_AUDIT)));
    }

    private static Command tip(int number) {
        return new Command.Send(new Transfer("tr_" + number, TransferKind.TIP, "wallet-0", "star", 3, "stage", null),
                null);
    }

    /** Of one wallet or several, with one entry or several each, of one kind or of various ones. */
    @ParameterizedTest
    @MethodSource("batches")
    void shouldWriteTheSameInEachForm(List<List<Command>> commands, Set<Part> parts) {
        List<Wallet> before = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            Batch.Write credit = write(Wallet.empty("wallet-" + i), null, List.of(
                    new Command.Credit(20 + i, LotSource.PURCHASED, null, Memo.NONE),
                    new Command.Credit(2, LotSource.ALLOWANCE, now.plusSeconds(60), Memo.NONE)), now);
            commit(List.of(credit));
            before.add(credit.after());
        }
        List<Batch.Write> writes = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            writes.add(write(before.get(i), OpKey.ofClient("wallet-" + i, "key", "print"), commands.get(i),
                    now.plusSeconds(1)));
        }

        BatchForm form = commit(writes);

        assertThat(form.parts()).containsAll(parts).hasSize(parts.size() + 1).contains(Part.KEYS);
        for (Batch.Write write : writes) {
            Journal.Stored stored = LaneRig.await(journal.load(List.of(write.walletId()))).getFirst();
            assertThat(stored.wallet()).isEqualTo(write.after());
        }
        assertThat(tables.texts("""
                select wallet_id || ' ' || seq || ' ' || kind || ' ' || amount || ' ' || held || ' ' || debt || ' '
                       || balance_after || ' ' || op_id || ' ' || (extract(epoch from created_at) * 1000000)::bigint
                  from entries where seq > 2 order by wallet_id, seq"""))
                .isEqualTo(form.lines().stream().map(BatchFormTest::text).toList());
        LawChecker.check(tables);
    }

    private static String text(BatchForm.Line line) {
        return String.join(" ", line.write().walletId(), String.valueOf(line.entry().seq()),
                line.entry().kind().text(), String.valueOf(line.entry().amount()), String.valueOf(line.entry().held()),
                String.valueOf(line.entry().debt()), String.valueOf(line.entry().balanceAfter()),
                line.posting().operationId(),
                String.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, line.entry().at())));
    }

    @CanIgnoreReturnValue
    private BatchForm commit(List<Batch.Write> writes) {
        Batch batch = new Batch(writes, OwnsAll.FOR_EVER);
        assertThat(LaneRig.await(journal.commit(batch)))
                .isEqualTo(new Journal.Written.Committed(Set.of(), List.of()));
        return new BatchForm(batch, false);
    }

    private static Batch.Write write(Wallet wallet, @Nullable OpKey key, List<Command> commands, Instant at) {
        List<Batch.Posting> postings = new ArrayList<>();
        Wallet after = wallet;
        for (Command command : commands) {
            var accepted = (Decision.Accepted) Rules.decide(after, command, new Authority.House(), at, Terms.FREE);
            after = accepted.after();
            postings.add(new Batch.Posting(Ids.next(), postings.isEmpty() ? key : null, accepted.receipt(),
                    accepted.facts()));
        }
        return new Batch.Write(wallet.version(), wallet.version() == 0 ? 0 : 1, after, postings);
    }
}
