package dev.purser.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.purser.support.LaneRig;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.LawChecker;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Memo;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** An operation that the database will not store hurts nobody but itself. */
class PoisonTest {

    private final TestDatabase database = TestDatabase.create();
    private final LaneRig rig = new LaneRig();

    @BeforeEach
    void letTheDatabaseRejectPoison() {
        database.execute("alter table entries add constraint no_poison check (description <> 'poison')");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldHurtOnlyItself() {
        TestLane lane = rig.lane(database.url());
        for (int i = 0; i < 50; i++) {
            lane.credit("wallet-" + i, 10);
        }
        Map<String, Future<Outcome>> answers = new LinkedHashMap<>();
        Promise<Void> sent = Promise.promise();
        lane.context().runOnContext(together -> {
            for (int i = 0; i < 50; i++) {
                answers.put("healthy " + i, submit(lane, "wallet-" + i, "tea"));
            }
            answers.put("poison", submit(lane, "wallet-25", "poison"));
            answers.put("after the poison", submit(lane, "wallet-25", "tea"));
            sent.complete();
        });
        LaneRig.await(sent.future());
        answers.forEach((name, answer) -> {
            Outcome outcome = LaneRig.await(answer);
            if ("poison".equals(name)) {
                assertThat(outcome).isEqualTo(new Outcome.Unavailable(Outcome.Reason.REJECTED, 1));
            } else {
                assertThat(outcome).as(name).isInstanceOf(Outcome.Done.class);
            }
        });
        assertThat(lane.look("wallet-25").balance()).isEqualTo(8);
        assertThat(LaneRig.await(lane.spend("wallet-25", 1))).isInstanceOf(Outcome.Done.class);
        LawChecker.check(database);
    }

    @Test
    void shouldNotKeepOthersFromBeingRead() {
        TestLane before = rig.lane(database.url());
        for (int i = 0; i < 20; i++) {
            before.credit("wallet-" + i, 10);
        }
        database.execute("update wallets set lots = 'poison' where id = 'wallet-7'");
        TestLane lane = rig.lane(database.url());
        List<Future<Outcome>> answers = new ArrayList<>();
        Promise<Void> sent = Promise.promise();
        lane.context().runOnContext(together -> {
            for (int i = 0; i < 20; i++) {
                answers.add(submit(lane, "wallet-" + i, "tea"));
            }
            sent.complete();
        });
        LaneRig.await(sent.future());
        Future<Outcome> poisoned = answers.remove(7);
        assertThat(answers).allSatisfy(answer -> assertThat(LaneRig.await(answer)).isInstanceOf(Outcome.Done.class));
        assertThat(LaneRig.await(poisoned))
                .isEqualTo(new Outcome.Unavailable(Outcome.Reason.DATABASE_UNAVAILABLE, 1));
    }

    private static Future<Outcome> submit(TestLane lane, String wallet, String description) {
        return lane.lane().submit(new Operation(Ids.next(), wallet, null, new Authority.House(),
                new Command.Spend(1, Memo.of(description))));
    }
}
