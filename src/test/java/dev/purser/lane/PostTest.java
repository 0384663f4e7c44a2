package dev.purser.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import dev.purser.support.LaneRig;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.LawChecker;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Command;
import dev.purser.wallet.Lot;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Lots;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;
import io.vertx.core.Future;

/** Transfers through real lanes and a real database: however often and late they are brought, they arrive once. */
class PostTest {

    private final TestDatabase database = TestDatabase.create();
    private final LaneRig rig = new LaneRig();
    private final TestLane lane = rig.lane(database.url());
    private final Post post = new Post(lane::send, Ids::next);

    @AfterEach
    void close() {
        rig.close();
    }

    @CanIgnoreReturnValue
    private Transfer send(String from, String to, long amount) {
        return lane.give(TransferKind.GIFT, from, to, amount);
    }

    private Post.State deliver(Transfer transfer) {
        return LaneRig.await(post.deliver(transfer));
    }

    @Test
    void shouldArriveOnceHoweverOftenItIsBrought() {
        lane.credit("fan", 100);
        Transfer transfer = send("fan", "star", 30);

        assertThat(deliver(transfer)).isEqualTo(Post.State.CREDITED);
        assertThat(deliver(transfer)).isEqualTo(Post.State.CREDITED);
        // A lane that does not remember the key, as after a move to another node.
        Post elsewhere = new Post(rig.lane(database.url())::send, Ids::next);
        assertThat(LaneRig.await(elsewhere.deliver(transfer))).isEqualTo(Post.State.CREDITED);

        assertThat(lane.look("fan").balance()).isEqualTo(70);
        assertThat(lane.look("star").balance()).isEqualTo(30);
        LawChecker.check(database);
    }

    @Test
    void shouldBeTakenInBeforeAnythingElseByAWalletThatComesIntoMemory() {
        lane.credit("fan", 100);
        send("fan", "star", 20);
        send("fan", "star", 10);

        // Its first operation rests on what is in the post.
        assertThat(LaneRig.await(lane.spend("star", 30))).isInstanceOf(Outcome.Done.class);

        assertThat(lane.look("star").balance()).isZero();
        LawChecker.check(database);
    }

    @Test
    void shouldBeTakenInAlsoByAWalletThatWasThereBefore() {
        lane.credit("fan", 100);
        lane.credit("star", 1);
        send("fan", "star", 20);

        TestLane next = rig.lane(database.url());
        assertThat(next.look("star").balance()).isIn(1L, 21L);
        assertThat(LaneRig.await(next.spend("star", 21))).isInstanceOf(Outcome.Done.class);
        LawChecker.check(database);
    }

    @Test
    void shouldComeBackFromAWalletThatWasClosedBeforeItCame() {
        lane.credit("fan", 100);
        lane.credit("star", 1);
        Transfer transfer = send("fan", "star", 30);
        assertThat(lane.call("star", new Command.Close("a farewell", true))).isInstanceOf(Outcome.Done.class);
        assertThat(deliver(transfer)).isEqualTo(Post.State.UNDELIVERABLE);

        Lots lots = Lots.of(List.of(new Lot(LotSource.PURCHASED, null, 30)));
        assertThat(LaneRig.await(post.giveBack(transfer, lots))).isEqualTo(Post.State.RETURNED);
        assertThat(LaneRig.await(post.giveBack(transfer, lots))).isEqualTo(Post.State.RETURNED);

        assertThat(lane.look("fan").balance()).isEqualTo(100);
        LawChecker.check(database);
    }

    @Test
    void shouldNotComeBackFromAWalletThatTookItInAndWasClosedThen() {
        lane.credit("fan", 100);
        Transfer transfer = send("fan", "star", 30);
        assertThat(deliver(transfer)).isEqualTo(Post.State.CREDITED);
        assertThat(lane.call("star", new Command.Close("a farewell", true))).isInstanceOf(Outcome.Done.class);

        Post elsewhere = new Post(rig.lane(database.url())::send, Ids::next);
        assertThat(LaneRig.await(elsewhere.deliver(transfer))).isEqualTo(Post.State.CREDITED);
        LawChecker.check(database);
    }

    @Test
    void shouldStayInThePostWhileTheRecipientCannotBeReached() {
        lane.credit("fan", 100);
        Transfer transfer = send("fan", "star", 30);
        Post nobodyThere = new Post(
                operation -> Future.succeededFuture(
                        new Outcome.Unavailable(Outcome.Reason.NO_OWNER, 1)),
                Ids::next);
        assertThat(LaneRig.await(nobodyThere.deliver(transfer))).isEqualTo(Post.State.IN_POST);
        assertThat(LaneRig.await(nobodyThere.giveBack(transfer, Lots.NONE))).isEqualTo(Post.State.UNDELIVERABLE);
    }

    @Test
    void shouldRefuseWhatTheSenderHasNot() {
        lane.credit("fan", 10);
        Transfer transfer = new Transfer(Transfer.UNNAMED, TransferKind.TIP, "fan", "star", 11, null, null);
        assertThat(lane.call("fan", new Command.Send(transfer, null)))
                .isEqualTo(new Outcome.Refused(new Refusal.InsufficientFunds(10, 11), null));
        LawChecker.check(database);
    }
}
