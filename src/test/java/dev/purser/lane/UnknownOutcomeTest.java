package dev.purser.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.journal.DatabaseSettings;
import dev.purser.support.CountingMeter;
import dev.purser.support.FaultyProxy;
import dev.purser.support.LaneRig;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.LawChecker;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Command;
import io.vertx.core.Future;

/** Commits whose answer is lost, or whose bytes arrive when nobody expects them any more: every caller gets the truth. */
class UnknownOutcomeTest {

    private static final Duration DEADLINE = Duration.ofMillis(400);

    private final TestDatabase database = TestDatabase.create();
    private final FaultyProxy proxy = FaultyProxy.before(database.url());
    private final LaneRig rig = new LaneRig();
    private final CountingMeter meter = new CountingMeter();

    @AfterEach
    void close() throws IOException {
        proxy.close();
        rig.close();
    }

    private TestLane lane(Duration patience) {
        DatabaseSettings settings = new DatabaseSettings(proxy.url(), 1, 100, Duration.ofSeconds(5), DEADLINE);
        return rig.lane(settings, LaneRig.patience(patience), meter);
    }

    @Test
    void shouldFindOutThatACommitWithoutAnswerHappened() {
        TestLane lane = lane(Duration.ofSeconds(10));
        lane.credit("lost-answer", 100);
        for (int i = 1; i <= 5; i++) {
            proxy.dropNextAnswer();
            assertThat(LaneRig.await(lane.spend("lost-answer", 10))).isInstanceOf(Outcome.Done.class);
            assertThat(proxy.hasDropped()).isTrue();
            assertThat(lane.look("lost-answer").balance()).isEqualTo(100 - i * 10);
        }
        assertThat(meter.unknownOutcomes()).isEqualTo(5);
        LawChecker.check(database);
    }

    @Test
    void shouldFindOutWhetherANewWalletWasCreated() {
        TestLane lane = lane(Duration.ofSeconds(10));
        lane.touch("brand-new");
        lane.credit("other", 1);
        proxy.dropNextAnswer();
        lane.credit("brand-new", 5);
        lane.credit("brand-new", 5);
        assertThat(lane.look("brand-new").balance()).isEqualTo(10);
        assertThat(meter.unknownOutcomes()).isEqualTo(1);
        LawChecker.check(database);
    }

    /** However a connection came to be one answer behind: it is not believed. */
    @Test
    void shouldNotTakeAnotherBatchesAnswerForItsOwn() {
        TestLane lane = lane(Duration.ofSeconds(10));
        lane.credit("mixed-up", 100);
        assertThat(LaneRig.await(lane.spend("mixed-up", 10))).isInstanceOf(Outcome.Done.class);
        proxy.repeatAnswer();
        assertThat(LaneRig.await(lane.spend("mixed-up", 10))).isInstanceOf(Outcome.Done.class);
        assertThat(meter.unknownOutcomes()).isEqualTo(1);
        assertThat(rig.lane(database.url()).look("mixed-up").balance()).isEqualTo(80);
        LawChecker.check(database);
    }

    @Test
    void shouldNotTakeAnotherWalletForTheOneThatItAskedFor() {
        TestLane lane = lane(Duration.ofSeconds(10));
        rig.lane(database.url()).credit("other", 7);
        assertThat(lane.look("one").balance()).isZero();
        proxy.repeatAnswer();
        assertThat(lane.look("other").balance()).isEqualTo(7);
    }

    @Test
    void shouldDecideAgainWhatDidNotHappenAndLetLateBytesDoNothing() {
        TestLane lane = lane(Duration.ofSeconds(10));
        lane.credit("late", 100);
        proxy.holdRequests();
        List<Future<Outcome>> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            answers.add(lane.spend("late", 40));
        }
        assertThat(answers).extracting(LaneRig::await).filteredOn(Outcome.Done.class::isInstance).hasSize(2);
        assertThat(proxy.deliverHeld()).isPositive();
        assertThat(lane.look("late").balance()).isEqualTo(20);
        lane.credit("late", 5);
        assertThat(lane.look("late").balance()).isEqualTo(25);
        LawChecker.check(database);
    }

    /** The caller was told that nothing happened; then the bytes arrive. Only the epoch keeps them from applying. */
    @Test
    void shouldKeepWhatItSaidWhenBytesArriveAfterTheReload() {
        TestLane lane = lane(Duration.ofMillis(100));
        lane.credit("told", 100);
        lane.touch("not-there-yet");
        proxy.holdRequests();
        Future<Outcome> spend = lane.spend("told", 40);
        Future<Outcome> first = lane.spend("not-there-yet", 1);
        assertThat(LaneRig.await(spend)).isInstanceOfSatisfying(Outcome.Unavailable.class,
                told -> assertThat(told.reason().outcomeUnknown()).isFalse());
        assertThat(LaneRig.await(first)).isInstanceOf(Outcome.class);
        await().untilAsserted(() -> assertThat(lane.look("told").balance()).isEqualTo(100));
        assertThat(proxy.deliverHeld()).isPositive();
        TestLane other = rig.lane(database.url());
        assertThat(other.look("told").balance()).isEqualTo(100);
        LawChecker.check(database);
    }

    /** Reads, too, are given up when nothing comes back, and the pool gets over it. */
    @Test
    void shouldReadAgainWhenTheDatabaseFellSilent() {
        TestLane lane = lane(Duration.ofSeconds(10));
        lane.credit("silent", 100);
        rig.lane(database.url()).credit("unread", 7);
        proxy.holdRequests();
        List<Future<Outcome>> looks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            looks.add(lane.send("unread-" + i, new Command.Look()));
        }
        assertThat(looks).extracting(LaneRig::await).allMatch(Outcome.Seen.class::isInstance);
        assertThat(lane.look("unread").balance()).isEqualTo(7);
    }

    @Test
    void shouldWaitOutADatabaseThatIsGone() {
        TestLane lane = lane(Duration.ofMillis(500));
        lane.credit("gone", 100);
        proxy.cut();
        List<Future<Outcome>> spends = new ArrayList<>();
        // What was under way when the database went is unknown until it is back; what comes later is answered.
        await().until(() -> {
            spends.add(lane.spend("gone", 1));
            return spends.stream().anyMatch(spend -> spend.isComplete()
                    && spend.result() instanceof Outcome.Unavailable(var reason, _)
                    && reason == Outcome.Reason.DATABASE_UNAVAILABLE);
        });
        proxy.heal();
        long spent = spends.stream().map(LaneRig::await).filter(Outcome.Done.class::isInstance).count();
        await().untilAsserted(() -> assertThat(lane.look("gone").balance()).isEqualTo(100 - spent));
        assertThat(LaneRig.await(lane.spend("gone", 1))).isInstanceOf(Outcome.Done.class);
        LawChecker.check(database);
    }
}
