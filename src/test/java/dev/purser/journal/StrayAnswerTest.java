package dev.purser.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.purser.lane.Batch;
import dev.purser.lane.Ids;
import dev.purser.lane.Journal;
import dev.purser.lane.Journal.KeyName;
import dev.purser.lane.OpKey;
import dev.purser.support.Defaults;
import dev.purser.support.FaultyProxy;
import dev.purser.support.LaneRig;
import dev.purser.support.OwnsAll;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Decision;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Rules;
import dev.purser.wallet.Terms;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Connections that are one answer behind: what is asked on them has no answer, and is asked again on others. */
class StrayAnswerTest {

    private final FaultyProxy proxy = FaultyProxy.before(TestDatabase.create().url());
    private final Vertx vertx = Vertx.vertx();
    private final Database database = new Database(vertx, Defaults.database(proxy.url()));
    private final PgJournal journal = new PgJournal(vertx, database);

    @AfterEach
    void close() throws IOException {
        LaneRig.await(vertx.close());
        proxy.close();
    }

    /** Or else a repetition of what was carried out would be refused for good. */
    @Test
    void shouldNotTakeAKeyForFreeBecauseAnotherIs() {
        LaneRig.await(journal.commit(batch("wallet", OpKey.ofClient("wallet", "used", "f"))));
        List<KeyName> used = List.of(new KeyName("wallet", "client:wallet/used"));
        assertThat(LaneRig.await(journal.findKeys(List.of(new KeyName("wallet", "client:wallet/free"))))).isEmpty();
        proxy.repeatAnswer();
        assertThat(failure(journal.findKeys(used))).isInstanceOf(StrayAnswer.class);
        assertThat(LaneRig.await(journal.findKeys(used))).extracting(Journal.Taken::key)
                .containsExactly("client:wallet/used");
    }

    /** Neither that wallets are fenced nor that nothing was written is taken from an answer to something else. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldNotSettleByAnotherAnswer(int statement) {
        Batch written = batch("written", null);
        LaneRig.await(journal.commit(written));
        assertThat(LaneRig.await(journal.settle(batch("other", null)))).isEmpty();
        proxy.repeatAnswerAfter(statement);
        assertThat(failure(journal.settle(written))).isNotNull();
        assertThat(LaneRig.await(journal.settle(written))).isEqualTo(Set.of("written"));
    }

    /** Or else a node that stood still would rely on what it held before. */
    @Test
    void shouldNotTakeWhatItHeldForWhatItHolds() {
        PgDeeds deeds = new PgDeeds(vertx, database, Duration.ZERO);
        assertThat(LaneRig.await(deeds.renew("node")).deeds()).isEmpty();
        assertThat(LaneRig.await(deeds.renew("node")).present()).containsExactly("node");
        proxy.repeatAnswer();
        assertThat(failure(deeds.renew("node"))).isInstanceOf(StrayAnswer.class);
        LaneRig.await(deeds.take("node", List.of(7)));
        assertThat(LaneRig.await(deeds.renew("node")).deeds()).containsOnlyKeys(7);
    }

    private static @Nullable Throwable failure(Future<?> future) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(future::isComplete);
        return future.cause();
    }

    private static Batch batch(String wallet, @Nullable OpKey key) {
        Decision.Accepted accepted = (Decision.Accepted) Rules.decide(Wallet.empty(wallet),
                new Command.Credit(10, LotSource.PROMO, null, Memo.NONE), new Authority.House(), Instant.now(),
                Terms.FREE);
        return new Batch(List.of(new Batch.Write(0, 0, accepted.after(),
                List.of(new Batch.Posting(Ids.next(), key, accepted.receipt(), accepted.facts())))), OwnsAll.FOR_EVER);
    }
}
