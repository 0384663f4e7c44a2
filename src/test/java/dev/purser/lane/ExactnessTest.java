package dev.purser.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.support.Defaults;
import dev.purser.support.CountingMeter;
import dev.purser.support.LaneRig;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.LawChecker;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Command;
import dev.purser.wallet.Memo;
import io.vertx.core.Future;

/** Spends that come at once, on a real database: what was acknowledged is what happened. */
class ExactnessTest {

    private final TestDatabase database = TestDatabase.create();
    private final LaneRig rig = new LaneRig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldLetOneOfTwoSpendsThroughThatTogetherAreTooMuch() {
        assertThat(successes("two", 500, 300, 2)).isEqualTo(1);
    }

    @Test
    void shouldLetTwoOfThreeSpendsThroughThatTogetherAreTooMuch() {
        assertThat(successes("three", 1_000, 400, 3)).isEqualTo(2);
    }

    @Test
    void shouldLetExactlyAsManySpendsThroughAsThereAreTokens() {
        assertThat(successes("many", 9_000, 1, 10_000)).isEqualTo(9_000);
    }

    private long successes(String wallet, long credit, long each, int spends) {
        TestLane lane = rig.lane(database.url());
        lane.credit(wallet, credit);
        List<Future<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < spends; i++) {
            answers.add(lane.spend(wallet, each));
        }
        long done = answers.stream().map(LaneRig::await).filter(Outcome.Done.class::isInstance).count();
        assertThat(lane.look(wallet).balance()).isEqualTo(credit - done * each);
        LawChecker.check(database);
        return done;
    }

    @Test
    void shouldCarryOutOneOfAHundredCallsWithOneKey() {
        TestLane lane = rig.lane(database.url());
        lane.credit("key", 1_000);
        OpKey key = OpKey.ofClient("key", "k-1", "f-1");
        List<Future<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(lane.send("key", key, new Command.Spend(7, Memo.NONE)));
        }
        List<Outcome.Done> done = answers.stream().map(LaneRig::await).map(Outcome.Done.class::cast).toList();
        assertThat(done).filteredOn(answer -> !answer.replayed()).hasSize(1);
        assertThat(done).extracting(Outcome.Done::receipt).containsOnly(done.getFirst().receipt());
        assertThat(lane.look("key").balance()).isEqualTo(993);
        LawChecker.check(database);
    }

    @Test
    void shouldRefuseAKeyThatBelongsToAnotherRequest() {
        TestLane lane = rig.lane(database.url());
        lane.credit("reuse", 1_000);
        Command spend = new Command.Spend(7, Memo.NONE);
        assertThat(LaneRig.await(lane.send("reuse", OpKey.ofClient("reuse", "k", "one"), spend)))
                .isInstanceOf(Outcome.Done.class);
        assertThat(LaneRig.await(lane.send("reuse", OpKey.ofClient("reuse", "k", "two"), spend)))
                .isInstanceOf(Outcome.KeyReused.class);
        TestLane restarted = rig.lane(database.url());
        assertThat(LaneRig.await(restarted.send("reuse", OpKey.ofClient("reuse", "k", "two"), spend)))
                .isInstanceOf(Outcome.KeyReused.class);
        assertThat(restarted.look("reuse").balance()).isEqualTo(993);
    }

    @Test
    void shouldKnowAKeyAfterARestart() {
        TestLane before = rig.lane(database.url());
        before.credit("restart", 1_000);
        OpKey key = OpKey.ofClient("restart", "k", "f");
        Command hold = new Command.OpenHold("hold_1", 40, "a call", Duration.ofMinutes(5));
        Outcome.Done first = (Outcome.Done) LaneRig.await(before.send("restart", key, hold));
        before.drain();
        TestLane after = rig.lane(database.url());
        Outcome.Done second = (Outcome.Done) LaneRig.await(after.send("restart", key, hold));
        assertThat(second.replayed()).isTrue();
        assertThat(second.receipt()).isEqualTo(first.receipt());
        assertThat(after.look("restart").held()).isEqualTo(40);
        LawChecker.check(database);
    }

    @Test
    void shouldKnowAKeyOfAWalletThatHasIdledOut() {
        LaneSettings d = Defaults.LANE;
        LaneSettings forgetful = new LaneSettings(d.mailboxOperations(), d.mailboxBytes(), d.queueTime(),
                d.batchOperations(),
                d.batchBytes(), d.patience(), Duration.ofMillis(1), 1, 0, RateLimits.OFF, d.terms());
        CountingMeter meter = new CountingMeter();
        TestLane lane = rig.lane(database.url(), forgetful, meter);
        lane.credit("idle", 100);
        OpKey key = OpKey.ofClient("idle", "k", "f");
        Command spend = new Command.Spend(100, Memo.NONE);
        Outcome.Done first = (Outcome.Done) LaneRig.await(lane.send("idle", key, spend));
        await().until(() -> lane.lane().wallets() == 0);
        int activations = meter.activations();
        Outcome.Done second = (Outcome.Done) LaneRig.await(lane.send("idle", key, spend));
        assertThat(meter.activations()).isGreaterThan(activations);
        assertThat(second.replayed()).isTrue();
        assertThat(second.receipt()).isEqualTo(first.receipt());
        LawChecker.check(database);
    }
}
