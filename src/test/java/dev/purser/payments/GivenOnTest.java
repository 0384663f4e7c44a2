package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.lane.Ids;
import dev.purser.lane.Outcome;
import dev.purser.lane.Post;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.LawChecker;
import dev.purser.support.Seed;
import dev.purser.support.StripeEvents;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Command;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Payout;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;
import dev.purser.wallet.Wallet;
import io.vertx.core.Vertx;

/** What becomes of tokens that were tipped and gifted on when their payment goes back, told by events over real HTTP. */
@Timeout(300)
class GivenOnTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final String PAID = StripeEvents.paid("evt_paid", "pi_1", "ada", Defaults.SMALL);
    private static final String DISPUTED = dispute("created", "needs_response", 1);
    private static final String WITHDRAWN = dispute("funds_withdrawn", "needs_response", 1);
    private static final String LOST = dispute("closed", "lost", 3);
    private static final String WON = dispute("closed", "won", 3);

    private WebhookRig rig = new WebhookRig(new GivenOnPolicy(true, DAY));
    private TestDatabase tables = rig.tables();
    private TestLane lane = rig.lane();

    @AfterEach
    void obeyTheLaws() {
        LawChecker.check(tables);
        LawChecker.checkMoneyIsFollowed(tables);
        rig.close();
    }

    private void under(GivenOnPolicy policy) {
        rig.close();
        rig = new WebhookRig(policy);
        tables = rig.tables();
        lane = rig.lane();
    }

    @Test
    void shouldLeaveItToTheGiverUnlessToldOtherwise() throws Exception {
        under(GivenOnPolicy.DEBT);
        rig.tell(PAID);
        tip("ada", "star", 400);

        rig.tell(DISPUTED);
        assertThat(ada().held()).isEqualTo(100);
        rig.tell(LOST);

        assertThat(ada().debt()).isEqualTo(400);
        assertThat(star().version()).isEqualTo(1);
        assertThat(tables.number("select count(*) from given_on_steps")).isZero();
    }

    @Test
    void shouldSetAsideATipWhileItsTokensAreDisputed() throws Exception {
        rig.tell(PAID);
        tip("ada", "star", 400);

        assertThat(rig.tell(DISPUTED)).isEqualTo("reversed");

        assertThat(ada().held()).isEqualTo(100);
        assertThat(ada().debt()).isZero();
        assertThat(star().balance()).isEqualTo(400);
        assertThat(star().available()).isZero();
        assertThat(Payout.payable(star(), Long.MAX_VALUE)).isZero();
        assertThat(lane.call("star", new Command.RequestPayout("payout", 400, 400)))
                .isEqualTo(new Outcome.Refused(new Refusal.NotPayable(0, 400), null));
    }

    @Test
    void shouldSetItFreeWhenTheDisputeIsWon() throws Exception {
        rig.tell(PAID);
        tip("ada", "star", 400);
        rig.tell(DISPUTED);

        assertThat(rig.tell(WON)).isEqualTo("reversed");

        assertThat(ada().available()).isEqualTo(100);
        assertThat(star().available()).isEqualTo(400);
        assertThat(star().holds().size()).isZero();
    }

    @Test
    void shouldTakeItWhenTheDisputeIsLostAndLetTheGiverOffAsMuch() throws Exception {
        rig.tell(PAID);
        spend("ada", 150);
        tip("ada", "star", 300);
        rig.tell(DISPUTED);
        rig.tell(WITHDRAWN);
        assertThat(ada().debt()).as("it may still be won").isEqualTo(450);
        assertThat(star().available()).isZero();
        assertThat(star().balance()).isEqualTo(300);

        rig.tell(LOST);

        assertThat(star().balance()).isZero();
        assertThat(star().debt()).isZero();
        assertThat(ada().debt()).as("what was spent").isEqualTo(150);
        assertThat(tables.number("select count(*) from entries where wallet_id = 'star' and kind = 'dispute'"
                + " and amount = -300 and payment_intent_id = 'pi_1' and related_wallet = 'ada'")).isOne();
        assertThat(tables.number("select count(*) from entries where wallet_id = 'ada' and kind = 'reinstatement'"
                + " and debt = -300 and payment_intent_id = 'pi_1'")).isOne();
        assertThat(star().totals().earned()).as("it was earned all the same").isEqualTo(300);
    }

    @Test
    void shouldGiveItBackWhenADisputeThatWasLostIsWonAfterAll() throws Exception {
        rig.tell(PAID);
        spend("ada", 150);
        tip("ada", "star", 300);
        rig.tell(LOST);
        assertThat(star().balance()).isZero();

        rig.tell(dispute("funds_reinstated", "won", 9));

        assertThat(star().available()).isEqualTo(300);
        assertThat(ada().debt()).isZero();
        assertThat(ada().available()).isEqualTo(50);
    }

    @Test
    void shouldTakeAtOnceForARefundAndGiveBackIfItFails() throws Exception {
        rig.tell(PAID);
        gift("ada", "bob", 500);

        rig.tell(refund("re_1", 499, "succeeded", 1));

        assertThat(lane.look("bob").balance()).isZero();
        assertThat(ada().debt()).isZero();
        assertThat(tables.number("select count(*) from entries where wallet_id = 'bob' and kind = 'refund'"
                + " and amount = -500")).isOne();

        rig.tell(refund("re_1", 499, "failed", 2));

        assertThat(lane.look("bob").available()).isEqualTo(500);
        assertThat(ada().balance()).isZero();
        assertThat(ada().debt()).isZero();
    }

    @Test
    void shouldLeaveToTheGiverWhatIsSpentWhereItWent() throws Exception {
        rig.tell(PAID);
        tip("ada", "star", 400);
        spend("star", 250);
        lane.credit("star", 1_000);

        rig.tell(DISPUTED);
        assertThat(star().held()).as("what it earned, and no more").isEqualTo(150);
        rig.tell(LOST);

        assertThat(star().balance()).isEqualTo(1_000);
        assertThat(star().debt()).isZero();
        assertThat(ada().debt()).isEqualTo(250);
        tip("zoe", "star", 300);
        assertThat(rig.tell(WITHDRAWN)).as("what it earns later is its own").isEqualTo("noted");
        assertThat(star().available()).isEqualTo(1_300);
    }

    @Test
    void shouldLeaveToTheGiverWhatIsTooOldOrWasGivenBefore() throws Exception {
        lane.credit("ada", 70);
        tip("ada", "early", 70);
        rig.tell(PAID);
        tip("ada", "star", 400);
        tables.execute("alter table entries disable trigger entries_append_only");
        tables.execute("update entries set created_at = created_at - interval '25 hours' where wallet_id = 'ada'");
        tables.execute("alter table entries enable trigger entries_append_only");
        tables.execute("update payments set created_at = created_at - interval '25 hours'");
        tip("ada", "young", 10);

        rig.tell(refund("re_1", 499, "succeeded", 1));

        assertThat(lane.look("early").balance()).isEqualTo(70);
        assertThat(star().balance()).isEqualTo(400);
        assertThat(lane.look("young").balance()).isZero();
        assertThat(ada().debt()).isEqualTo(400);
    }

    @Test
    void shouldSeekTheLatestFirstAndNoMoreThanIsMissing() throws Exception {
        rig.tell(PAID);
        tip("ada", "star", 200);
        gift("ada", "bob", 100);
        tip("ada", "moon", 100);

        rig.tell(refund("re_1", 250, "succeeded", 1));

        assertThat(ada().balance()).isZero();
        assertThat(ada().debt()).isZero();
        assertThat(lane.look("moon").balance()).isZero();
        assertThat(lane.look("bob").balance()).as("of 250, 100 were there and 100 the moon's").isEqualTo(50);
        assertThat(star().available()).isEqualTo(200);

        rig.tell(refund("re_2", 249, "succeeded", 2));
        assertThat(lane.look("bob").balance()).isZero();
        assertThat(star().balance()).isZero();
        assertThat(ada().debt()).isZero();
    }

    @Test
    void shouldSetItFreeWhenTheGiverHasRepaid() throws Exception {
        rig.tell(PAID);
        tip("ada", "star", 500);
        rig.tell(WITHDRAWN);
        assertThat(star().available()).isZero();
        lane.credit("ada", 300);
        assertThat(ada().debt()).isEqualTo(200);

        LaneRig.await(rig.givenOn().round("someone else"::equals));
        assertThat(star().available()).as("others' givers are left to them").isZero();
        LaneRig.await(rig.givenOn().round("ada"::equals));

        assertThat(star().available()).isEqualTo(300);
        rig.tell(LOST);
        assertThat(star().balance()).isEqualTo(300);
        assertThat(ada().debt()).isZero();
    }

    @Test
    void shouldTakeNothingTwiceOfWhatTwoPaymentsHaveBecome() throws Exception {
        rig.tell(PAID);
        rig.tell(StripeEvents.paid("evt_2", "pi_2", "ada", Defaults.SMALL));
        tip("ada", "star", 600);
        spend("ada", 400);

        rig.tell(refund("re_1", 499, "succeeded", 1));
        rig.tell(StripeEvents.refund("refund.created", "re_2", "pi_2", 499, "succeeded", 2));

        assertThat(star().balance()).isZero();
        assertThat(ada().debt()).isEqualTo(400);
    }

    @Test
    void shouldBringWhatIsStillInThePostFirst() throws Exception {
        rig.tell(PAID);
        Transfer _ = lane.give(TransferKind.TIP, "ada", "star", 400, "well done");

        rig.tell(DISPUTED);

        assertThat(star().balance()).isEqualTo(400);
        assertThat(star().available()).isZero();
    }

    @Test
    void shouldLeaveToTheGiverWhatCannotArriveAnyMore() throws Exception {
        rig.tell(PAID);
        assertThat(lane.call("star", new Command.Close("gone", true))).isInstanceOf(Outcome.Done.class);
        Transfer _ = lane.give(TransferKind.TIP, "ada", "star", 400);

        rig.tell(LOST);

        assertThat(ada().debt()).isEqualTo(400);
        assertThat(star().balance()).isZero();
    }

    /** Whichever step it is that lies in a connection which is cut, and is carried out when nobody would look after it. */
    @Test
    void shouldNotTakeAStepThatComesAfterItsDispute() throws Exception {
        for (int lost = 0;; lost++) {
            String intent = "pi_" + lost;
            String giver = "giver" + lost;
            String creator = "star" + lost;
            buyAndTipTwice(intent, giver, creator);
            String event = StripeEvents.dispute("closed", "dp_" + lost, intent, 499, "lost", 1, 3);
            int first = rig.sent();
            rig.loseAfter(lost);
            if (rig.post(event).statusCode() == 200) {
                assertThat(lost).as("the giver's own, two set aside, the giver let off, and two taken").isEqualTo(6);
                break;
            }
            rig.loseAfter(-1);
            rig.tell(StripeEvents.dispute("funds_reinstated", "dp_" + lost, intent, 499, "won", 2, 9));
            rig.tell(event);

            assertThat(rig.comesNow(first + lost)).as("the step after " + lost).isNotInstanceOf(Outcome.Done.class);

            assertThat(lane.look(giver).available()).as("interrupted after " + lost).isEqualTo(100);
            assertThat(lane.look(creator).available()).as("interrupted after " + lost).isEqualTo(400);
        }
        rig.loseAfter(-1);
    }

    /** What is owed for one payment depends on the others, so whoever follows one looks at all. */
    @Test
    void shouldNotTakeAStepThatComesAfterAnotherPaymentHasChangedWhatIsOwed() throws Exception {
        rig.tell(PAID);
        tip("ada", "star", 500);
        int first = rig.sent();
        rig.loseAfter(1);
        String refunded = refund("re_1", 499, "succeeded", 1);
        assertThat(rig.post(refunded).statusCode()).as("what star has is not set aside").isEqualTo(503);
        rig.loseAfter(-1);
        rig.tell(StripeEvents.paid("evt_2", "pi_2", "ada", Defaults.SMALL));
        rig.tell(StripeEvents.paid("evt_3", "pi_3", "ada", Defaults.SMALL));
        assertThat(ada().debt()).as("repaid").isZero();
        spend("ada", 500);
        rig.tell(StripeEvents.refund("refund.updated", "re_3", "pi_3", 499, "succeeded", 2));

        assertThat(rig.comesNow(first + 1)).isEqualTo(new Outcome.KeyReused());

        rig.tell(refunded);

        assertThat(ada().debt()).isEqualTo(500);
        assertThat(star().available()).isEqualTo(500);
    }

    /** Whatever is lost on the way, one after the other: the next delivery mends it. */
    @Test
    void shouldGoOnWhereverItWasInterrupted() throws Exception {
        for (int lost = 0;; lost++) {
            String intent = "pi_" + lost;
            String giver = "giver" + lost;
            String creator = "star" + lost;
            buyAndTipTwice(intent, giver, creator);
            spend(giver, 60);
            String event = StripeEvents.dispute("closed", "dp_" + lost, intent, 499, "lost", 1, 3);
            rig.loseAfter(lost);
            int status = rig.post(event).statusCode();
            rig.loseAfter(-1);
            LawChecker.check(tables);
            if (status == 200) {
                assertThat(lost).as("the giver's own, two set aside, the giver let off, and two taken").isEqualTo(6);
            } else {
                assertThat(status).isEqualTo(503);
                rig.tell(event);
            }
            assertThat(lane.look(creator).balance()).as("interrupted after " + lost).isZero();
            assertThat(lane.look(giver).debt()).as("interrupted after " + lost).isEqualTo(60);
            if (status == 200) {
                break;
            }
        }
    }

    /** Of two nodes that know different things one does the step; the other looks again. */
    @Test
    void shouldBeTheSameWhicheverNodeIsTold() throws Exception {
        try (LaneRig others = new LaneRig()) {
            TestLane other = others.lane(tables.url());
            Vertx vertx = Vertx.vertx();
            GivenOnFollower elsewhere = new GivenOnFollower(vertx, rig.payments().givenOn(), other::send, Ids::next,
                    new GivenOnPolicy(true, DAY));
            rig.tell(PAID);
            for (int i = 0; i < 40; i++) {
                tip("ada", "star" + i % 7, 10);
            }
            for (int i = 0; i < 20; i++) {
                CompletableFuture<HttpResponse<String>> told = rig.send(i % 2 == 0
                        ? StripeEvents.dispute("closed", "dp_1", "pi_1", 499, "lost", 1, i + 3)
                        : StripeEvents.dispute("funds_reinstated", "dp_1", "pi_1", 499, "won", 1, i + 3));
                while (!told.isDone()) {
                    LaneRig.await(elsewhere.follow("pi_1"));
                }
                assertThat(told.get().statusCode()).isIn(200, 503);
                rig.tell(i % 2 == 0
                        ? StripeEvents.dispute("closed", "dp_1", "pi_1", 499, "lost", 1, i + 3)
                        : StripeEvents.dispute("funds_reinstated", "dp_1", "pi_1", 499, "won", 1, i + 3));
                LawChecker.check(tables);
                assertThat(tables.number("select sum(balance - held) from wallets where id like 'star%'"))
                        .isEqualTo(i % 2 == 0 ? 0 : 400);
                assertThat(tables.number("select debt from wallets where id = 'ada'")).isZero();
            }
            LaneRig.await(vertx.close());
        }
    }

    @Test
    void shouldComeToTheSameInWhateverOrderAndHoweverOftenItIsTold() throws Exception {
        Random random = new Random(Seed.take("shuffled refunds and disputes of what was given on"));
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long[] shares = {random.nextInt(100), random.nextInt(150), random.nextInt(100), random.nextInt(150)};
            for (String prefix : List.of("w", "x")) {
                rig.tell(StripeEvents.paid("evt_" + prefix + i, "pi_" + prefix + i, prefix + i, Defaults.SMALL));
                tip(prefix + i, prefix + i + "star", 1 + shares[0]);
                gift(prefix + i, prefix + i + "friend", 1 + shares[1]);
                tip(prefix + i, prefix + i + "moon", 1 + shares[2]);
                spend(prefix + i, 1 + shares[3] / 2);
            }
            events.addAll(MoneyBackTest.story(random, "pi_w" + i, "w" + i));
        }
        events.removeIf(event -> event.contains("payment_intent.succeeded"));
        for (String event : events) {
            rig.tell(event.replace("\"evt_", "\"evt_x").replace("pi_w", "pi_x"));
        }
        List<String> deliveries = new ArrayList<>();
        for (String event : events) {
            for (int copies = 1 + random.nextInt(3); copies > 0; copies--) {
                deliveries.add(copies == 1 ? event : event.replace("\"evt_", "\"evt_" + random.nextInt(2)));
            }
        }
        Collections.shuffle(deliveries, random);
        rig.deliver(deliveries, random);
        for (int i = 0; i < 60; i++) {
            for (String whose : List.of("", "star", "friend", "moon")) {
                Wallet shuffled = lane.look("w" + i + whose);
                Wallet inOrder = lane.look("x" + i + whose);
                assertThat(shuffled.balance()).as(shuffled.id()).isEqualTo(inOrder.balance());
                assertThat(shuffled.held()).as(shuffled.id()).isEqualTo(inOrder.held());
                assertThat(shuffled.debt()).as(shuffled.id()).isEqualTo(inOrder.debt());
            }
        }
        assertThat(tables.number("select count(*) from payments where forgiven > 0")).as("taken").isPositive();
        assertThat(tables.number("select count(*) from given_on where aside > 0")).as("set aside").isPositive();
    }

    /** Many payments of few givers, whose gifts stand for several of them, while those who got them spend. */
    @Test
    void shouldLoseNothingBesideSpendsAndFurtherGifts() throws Exception {
        Random random = new Random(Seed.take("what was given on beside spends"));
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            events.addAll(MoneyBackTest.story(random, "pi_" + i, "w" + i % 3));
        }
        for (String event : events) {
            if (event.contains("payment_intent.succeeded")) {
                rig.tell(event);
            }
        }
        events.removeIf(event -> event.contains("payment_intent.succeeded"));
        Collections.shuffle(events, random);
        long spent = 0;
        for (int from = 0; from < events.size(); from += 8) {
            rig.deliver(events.subList(from, Math.min(from + 8, events.size())), random);
            for (int g = 0; g < 3; g++) {
                long most = Math.max(1, lane.look("w" + g).available());
                TransferKind kind = random.nextBoolean() ? TransferKind.TIP : TransferKind.GIFT;
                Transfer asked = new Transfer(Transfer.UNNAMED, kind, "w" + g, "r" + random.nextInt(4),
                        most - random.nextLong(1 + most / 4), null, null);
                if (lane.call("w" + g,
                        new Command.Send(asked, null)) instanceof Outcome.Done(var receipt, var _, var _)) {
                    assertThat(LaneRig.await(
                            new Post(lane::send, Ids::next).deliver(Transfer.of(kind, "w" + g, receipt))))
                            .isEqualTo(Post.State.CREDITED);
                }
            }
            String spender = "r" + random.nextInt(4);
            Command spend = new Command.Spend(1 + random.nextLong(1 + lane.look(spender).available() / 4), Memo.NONE);
            if (lane.call(spender, spend) instanceof Outcome.Done done) {
                spent -= done.receipt().entries().getFirst().amount();
            }
            LawChecker.check(tables);
        }
        LaneRig.await(rig.givenOn().round(_ -> true));
        for (int i = 0; i < 24; i++) {
            assertThat(LaneRig.await(rig.givenOn().follow("pi_" + i))).as("nothing is left to do about " + i)
                    .isEqualTo(new MoneyFollower.Followed.Done(false));
        }
        assertThat(tables.number("select sum(balance - debt) from wallets"))
                .isEqualTo(tables.number("select sum(tokens + bonus - refunded - disputed) from payments") - spent);
        assertThat(tables.number("select sum(debt) from wallets where id like 'r%'")).isZero();
        assertThat(tables.number("select count(*) from entries where wallet_id like 'r%' and amount < 0"
                + " and kind in ('refund', 'dispute')")).as("taken at some time").isPositive();
        assertThat(
                tables.number("select count(*) from (select from given_on group by transfer_id having count(*) > 1) t"))
                .as("sought for several payments").isPositive();
    }

    private static String dispute(String type, String status, long at) {
        return StripeEvents.dispute(type, "dp_1", "pi_1", 499, status, 1, at);
    }

    private static String refund(String id, long amount, String status, long at) {
        return StripeEvents.refund("refund.updated", id, "pi_1", amount, status, at);
    }

    private Wallet ada() {
        return lane.look("ada");
    }

    private Wallet star() {
        return lane.look("star");
    }

    /** Of the 500 that it buys. */
    private void buyAndTipTwice(String intent, String giver, String creator) throws Exception {
        rig.tell(StripeEvents.paid("evt_" + intent, intent, giver, Defaults.SMALL));
        tip(giver, creator, 200);
        tip(giver, creator, 200);
    }

    private void tip(String from, String to, long amount) {
        give(TransferKind.TIP, from, to, amount);
    }

    private void gift(String from, String to, long amount) {
        give(TransferKind.GIFT, from, to, amount);
    }

    private void give(TransferKind kind, String from, String to, long amount) {
        if (lane.look(from).version() == 0) {
            lane.credit(from, amount);
        }
        Transfer given = lane.give(kind, from, to, amount);
        assertThat(LaneRig.await(new Post(lane::send, Ids::next).deliver(given))).isEqualTo(Post.State.CREDITED);
    }

    private void spend(String wallet, long amount) {
        assertThat(lane.call(wallet, new Command.Spend(amount, Memo.NONE))).isInstanceOf(Outcome.Done.class);
    }
}
