package dev.purser.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import dev.purser.journal.Reads;
import dev.purser.journal.Sweeps;
import dev.purser.journal.Sweeps.Posted;
import dev.purser.support.LaneRig;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.LawChecker;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Lots;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** What one batch sends to one wallet, through real lanes and a real database. */
class ParcelsTest {

    private final TestDatabase database = TestDatabase.create();
    private final LaneRig rig = new LaneRig();
    private final TestLane lane = rig.lane(database.url());
    private final Post post = new Post(lane::send, Ids::next);
    private final Vertx vertx = Vertx.vertx();
    private final Reads reads = database.reads(vertx);
    private final Sweeps sweeps = new Sweeps(reads);

    @AfterEach
    void close() {
        LaneRig.await(reads.close());
        LaneRig.await(vertx.close());
        rig.close();
    }

    private static Transfer tip(String from, String to, String message) {
        return new Transfer(Transfer.UNNAMED, TransferKind.TIP, from, to, 1, "stage", message);
    }

    private static Transfer sent(Command addressed) {
        return ((Command.Send) addressed).transfer();
    }

    /** All of them in one batch; answers what became of each. */
    private List<Outcome> sendAtOnce(List<Transfer> transfers) {
        List<Promise<Outcome>> answers = transfers.stream().map(_ -> Promise.<Outcome>promise()).toList();
        lane.context().runOnContext(_ -> {
            for (int i = 0; i < transfers.size(); i++) {
                Transfer transfer = transfers.get(i);
                lane.lane().submit(new Operation(Ids.next(), transfer.from(), null, new Authority.House(),
                        new Command.Send(transfer, null))).onComplete(answers.get(i));
            }
        });
        return answers.stream().map(answer -> LaneRig.await(answer.future())).toList();
    }

    private List<Transfer> sendFromFans(int count, String to) {
        fund(count);
        List<Outcome> outcomes = sendAtOnce(
                IntStream.range(0, count).mapToObj(i -> tip("fan-" + i, to, "m" + i)).toList());
        return IntStream.range(0, count).mapToObj(i -> Transfer.of(TransferKind.TIP, "fan-" + i,
                ((Outcome.Done) outcomes.get(i)).receipt())).toList();
    }

    private void fund(int fans) {
        IntStream.range(0, fans).forEach(i -> lane.credit("fan-" + i, 10));
    }

    private long parcels() {
        return database.number("select count(*) from parcels");
    }

    @Test
    void shouldGiveEachTransferAPlaceOfItsOwn() {
        int[] made = new int[1];
        Parcels parcels = new Parcels(() -> String.valueOf(made[0]++));
        List<String> toStar = new ArrayList<>();
        for (int i = 0; i < 2 * Transfer.PLACES + 1; i++) {
            toStar.add(sent(parcels.addressed(new Command.Send(tip("fan", "star", "m"), null))).id());
            if (i == 0) {
                assertThat(sent(parcels.addressed(new Command.Send(tip("fan", "moon", "m"), null))).id())
                        .isEqualTo("tr_1");
            }
        }
        assertThat(toStar).doesNotHaveDuplicates().startsWith("tr_0", "tr_0~1", "tr_0~2").contains("tr_0~62", "tr_2",
                "tr_2~62", "tr_3").doesNotContain("tr_0~63");
        Transfer last = tip("fan", "star", "m").in("tr_0", 62);
        assertThat(last.parcel()).isEqualTo("tr_0");
        assertThat(last.place()).isEqualTo(62);
        assertThat(tip("fan", "star", "m").in("call_1.12", 0).parcel()).isEqualTo("call_1.12");
    }

    @Test
    void shouldLieInOneRowHoweverManyTheyAre() {
        List<Transfer> tips = sendFromFans(Transfer.PLACES + 1, "star");

        assertThat(parcels()).isEqualTo(2);
        assertThat(database.number("select sum(amount) from transfers where in_post and to_wallet = 'star'"))
                .isEqualTo(tips.size());
        LawChecker.check(database);

        List<Transfer> shuffled = new ArrayList<>(tips);
        Collections.shuffle(shuffled, new Random(1));
        Transfer first = shuffled.removeFirst();
        assertThat(LaneRig.await(post.deliver(first))).isEqualTo(Post.State.CREDITED);
        assertThat(lane.look("star").balance()).as("it was in the post before the wallet came into memory")
                .isEqualTo(tips.size());
        assertThat(parcels()).isZero();
        LawChecker.check(database);
    }

    @Test
    void shouldBeTakenInOneByOneAndEachOnce() {
        lane.credit("star", 1);
        TestLane other = rig.lane(database.url());
        other.touch("star");
        List<Transfer> tips = new ArrayList<>(sendFromFans(20, "star"));
        Collections.shuffle(tips, new Random(2));

        for (Transfer tip : tips.subList(0, 7)) {
            assertThat(LaneRig.await(post.deliver(tip))).isEqualTo(Post.State.CREDITED);
            LawChecker.check(database);
        }
        assertThat(parcels()).isOne();
        // By one who has not heard of it, and each twice.
        Post elsewhere = new Post(other::send, Ids::next);
        List<Future<Post.State>> again = Stream.concat(tips.stream(), tips.stream()).map(elsewhere::deliver).toList();
        again.forEach(each -> assertThat(LaneRig.await(each)).isEqualTo(Post.State.CREDITED));

        assertThat(other.look("star").balance()).isEqualTo(21);
        assertThat(parcels()).isZero();
        LawChecker.check(database);
    }

    /** What the database refuses is written wallet by wallet: the parcel's row comes in pieces then. */
    @Test
    void shouldComeInPiecesWhenOneOfTheSendersIsPoison() {
        fund(6);
        List<Transfer> tips = new ArrayList<>(
                IntStream.range(0, 6).mapToObj(i -> tip("fan-" + i, "star", "m" + i)).toList());
        tips.set(3, tip("fan-3", "star", "no text may hold \0"));

        List<Outcome> outcomes = sendAtOnce(tips);

        assertThat(outcomes.get(3)).isInstanceOf(Outcome.Unavailable.class);
        assertThat(parcels()).isEqualTo(5);
        assertThat(database.number("select count(distinct id) from parcels")).isOne();
        LawChecker.check(database);

        assertThat(lane.look("star").balance()).isEqualTo(5);
        lane.credit("star", 1);
        assertThat(parcels()).isZero();
        LawChecker.check(database);
    }

    @Test
    void shouldComeBackToEachOfItsSenders() {
        lane.credit("star", 1);
        List<Transfer> tips = sendFromFans(5, "star");
        assertThat(LaneRig.await(post.deliver(tips.get(2)))).isEqualTo(Post.State.CREDITED);
        assertThat(lane.call("star", new Command.Close("a farewell", true))).isInstanceOf(Outcome.Done.class);
        TestLane other = rig.lane(database.url());
        Post elsewhere = new Post(other::send, Ids::next);

        List<Posted> posted = LaneRig.await(sweeps.post(Duration.ZERO, Posted.Place.FIRST, 10));
        assertThat(posted).extracting(each -> each.transfer().id())
                .containsExactlyElementsOf(
                        tips.stream().filter(tip -> !tip.equals(tips.get(2))).map(Transfer::id).toList());
        // From two nodes at once, each for some of the senders.
        List<Future<Post.State>> back = new ArrayList<>();
        for (int i = 0; i < posted.size(); i++) {
            back.add((i % 2 == 0 ? post : elsewhere).giveBack(posted.get(i).transfer(), posted.get(i).lots()));
        }
        back.forEach(each -> assertThat(LaneRig.await(each)).isEqualTo(Post.State.RETURNED));
        assertThat(LaneRig.await(elsewhere.giveBack(tips.get(0), Lots.NONE))).as("it has it already")
                .isEqualTo(Post.State.RETURNED);

        assertThat(IntStream.range(0, 5).mapToLong(i -> rig.lane(database.url()).look("fan-" + i).balance()).sum())
                .isEqualTo(49);
        assertThat(LaneRig.await(sweeps.post(Duration.ZERO, Posted.Place.FIRST, 10))).isEmpty();
        assertThat(database.number("select count(*) from transfers where not in_post")).isEqualTo(4);
        LawChecker.check(database);
    }

    @Test
    void shouldBeFoundPlaceByPlaceByWhoSweepsThePost() {
        List<Transfer> all = new ArrayList<>(sendFromFans(2, "moon"));
        all.addAll(sendFromFans(5, "star"));
        all.addAll(sendFromFans(1, "star"));
        for (int most = 1; most < 10; most++) {
            List<String> seen = new ArrayList<>();
            List<Posted> page = LaneRig.await(sweeps.post(Duration.ZERO, Posted.Place.FIRST, most));
            while (!page.isEmpty()) {
                page.forEach(each -> seen.add(each.transfer().id()));
                page = LaneRig.await(sweeps.post(Duration.ZERO, page.getLast().place(), most));
            }
            assertThat(seen).as("%d at a time", most)
                    .containsExactlyElementsOf(all.stream().map(Transfer::id).toList());
        }
    }
}
