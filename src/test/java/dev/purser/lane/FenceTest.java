package dev.purser.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.support.Defaults;
import dev.purser.support.CountingMeter;
import dev.purser.support.LaneRig;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.LawChecker;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Command;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Memo;
import io.vertx.core.Future;

/** Two lanes that both believe they own a wallet: the database lets exactly one of them write, and both recover. */
class FenceTest {

    private final TestDatabase database = TestDatabase.create();
    private final LaneRig rig = new LaneRig();
    private final CountingMeter meter = new CountingMeter();
    private final TestLane one = rig.lane(database.url(), Defaults.LANE, meter);
    private final TestLane two = rig.lane(database.url(), Defaults.LANE, meter);

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldSpendNothingTwice() {
        one.credit("shared", 800);
        assertThat(two.look("shared").balance()).isEqualTo(800);
        AtomicInteger done = new AtomicInteger();
        for (int round = 0; round < 40; round++) {
            List<Future<Outcome>> answers = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                answers.add(one.spend("shared", 1));
                answers.add(two.spend("shared", 1));
            }
            answers.stream().map(LaneRig::await).filter(Outcome.Done.class::isInstance)
                    .forEach(answer -> done.incrementAndGet());
        }
        assertThat(done).hasValue(800);
        assertThat(meter.fenceHits()).isPositive();
        LawChecker.check(database);
        assertThat(LaneRig.await(one.spend("shared", 1))).isInstanceOf(Outcome.Refused.class);
        assertThat(LaneRig.await(two.spend("shared", 1))).isInstanceOf(Outcome.Refused.class);
        assertThat(two.look("shared").balance()).isZero();
    }

    @Test
    void shouldCreateAWalletOnce() {
        Command credit = new Command.Credit(10, LotSource.PROMO, null, Memo.NONE);
        for (int i = 0; i < 50; i++) {
            Future<Outcome> first = one.send("new-" + i, credit);
            Future<Outcome> second = two.send("new-" + i, credit);
            assertThat(LaneRig.await(first)).isInstanceOf(Outcome.Done.class);
            assertThat(LaneRig.await(second)).isInstanceOf(Outcome.Done.class);
        }
        LawChecker.check(database);
        one.credit("new-0", 1);
        assertThat(one.look("new-0").balance()).isEqualTo(21);
    }

    @Test
    void shouldCarryOutAKeyOnceOverBothOwners() {
        one.credit("keyed", 100);
        assertThat(two.look("keyed").balance()).isEqualTo(100);
        Command spend = new Command.Spend(60, Memo.NONE);
        for (int i = 0; i < 50; i++) {
            String wallet = "keyed-" + i;
            one.credit(wallet, 100);
            two.touch(wallet);
            OpKey key = OpKey.ofClient(wallet, "k", "f");
            List<Future<Outcome>> answers = List.of(one.send(wallet, key, spend), two.send(wallet, key, spend),
                    one.send(wallet, key, spend), two.send(wallet, key, spend));
            assertThat(answers).extracting(LaneRig::await).allMatch(Outcome.Done.class::isInstance)
                    .filteredOn(answer -> !((Outcome.Done) answer).replayed()).hasSize(1);
        }
        LawChecker.check(database);
    }
}
