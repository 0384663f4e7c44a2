package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.purser.journal.Reports;
import dev.purser.lane.Outcome;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.LawChecker;
import dev.purser.support.Seed;
import dev.purser.support.StripeEvents;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Command;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Status;
import dev.purser.wallet.Wallet;

/** What refunds and disputes do, told by events over real HTTP to real wallets. */
@Timeout(180)
class MoneyBackTest {

    private static final String PAID = StripeEvents.paid("evt_paid", "pi_1", "ada", Defaults.SMALL);

    private final WebhookRig rig = new WebhookRig();
    private final TestDatabase tables = rig.tables();
    private final TestLane lane = rig.lane();

    @AfterEach
    void obeyTheLaws() {
        LawChecker.check(tables);
        LawChecker.checkMoneyIsFollowed(tables);
        rig.close();
    }

    @Test
    void shouldTakeBackWhatIsRefunded() throws Exception {
        rig.tell(PAID);

        assertThat(rig.tell(refund("re_1", 499, 1))).isEqualTo("reversed");

        assertThat(ada().balance()).isZero();
        assertThat(tables.number("select count(*) from payments where refunded = 500 and disputed = 0 and frozen = 0"
                + " and reversal_step = 3")).isOne();
        assertThat(tables.number("select count(*) from entries where kind = 'refund' and amount = -500"
                + " and payment_intent_id = 'pi_1'")).isOne();
    }

    @Test
    void shouldAddUpToThePurchaseInHoweverManyParts() throws Exception {
        rig.tell(PAID);
        long left = 500;
        for (int part = 1; part <= 7; part++) {
            rig.tell(refund("re_" + part, part == 7 ? 499 - 6 * 71 : 71, part));
            long now = ada().balance();
            assertThat(left - now).as("part " + part).isBetween(71L, 74L);
            left = now;
        }
        assertThat(left).isZero();
        rig.tell(refund("re_more", 499, 9));
        assertThat(ada().balance()).as("never more than was bought").isZero();
        assertThat(ada().debt()).isZero();
    }

    @Test
    void shouldTakeARefundOnceByWhicheverEventsItIsTold() throws Exception {
        rig.tell(PAID);
        rig.tell(StripeEvents.refund("refund.created", "re_1", "pi_1", 100, "pending", 1));
        assertThat(rig.tell(StripeEvents.refundedSoFar("pi_1", 100, 1))).isEqualTo("noted");
        assertThat(rig.tell(StripeEvents.refund("refund.updated", "re_1", "pi_1", 100, "succeeded", 2)))
                .isEqualTo("noted");
        assertThat(rig.tell(StripeEvents.refund("charge.refund.updated", "re_1", "pi_1", 100, "succeeded", 2)))
                .isEqualTo("noted");

        assertThat(ada().balance()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"refund.failed", "refund.updated", "charge.refund.updated"})
    void shouldGiveBackWhatARefundThatFailedHadTaken(String type) throws Exception {
        rig.tell(PAID);
        rig.tell(refund("re_1", 100, 1));
        rig.tell(StripeEvents.refundedSoFar("pi_1", 100, 1));
        rig.tell(refund("re_2", 50, 2));
        rig.tell(StripeEvents.refundedSoFar("pi_1", 150, 2));
        assertThat(ada().balance()).isEqualTo(350);

        assertThat(rig.tell(StripeEvents.refund(type, "re_1", "pi_1", 100, "failed", 3))).isEqualTo("reversed");

        assertThat(ada().balance()).isEqualTo(450);
        assertThat(rig.tell(refund("re_1", 100, 1).replace("evt_", "evt_late_"))).isEqualTo("noted");
        assertThat(ada().balance()).as("it has failed for good").isEqualTo(450);
    }

    /** As with an endpoint of before 2024-10-28, which is not told of refunds one by one. */
    @Test
    void shouldManageWithSumsAlone() throws Exception {
        rig.tell(PAID);
        rig.tell(StripeEvents.refundedSoFar("pi_1", 100, 1));
        rig.tell(StripeEvents.refundedSoFar("pi_1", 300, 2));
        rig.tell(StripeEvents.refundedSoFar("pi_1", 200, 1));
        assertThat(ada().balance()).isEqualTo(200);

        rig.tell(StripeEvents.refund("charge.refund.updated", "re_1", "pi_1", 100, "failed", 3));
        assertThat(ada().balance()).isEqualTo(300);
        rig.tell(StripeEvents.refundedSoFar("pi_1", 499, 4));
        assertThat(ada().balance()).as("the sum told after the failure is without what failed").isZero();
    }

    @Test
    void shouldTakeBackAtOnceWhatWasRefundedBeforeItWasCredited() throws Exception {
        assertThat(rig.tell(refund("re_1", 100, 1))).isEqualTo("noted");
        assertThat(rig.tell(StripeEvents.dispute("created", "dp_1", "pi_1", 399, "needs_response", 1, 1)))
                .isEqualTo("noted");

        assertThat(rig.tell(PAID)).isEqualTo("credited");

        assertThat(ada().balance()).isEqualTo(400);
        assertThat(ada().available()).isZero();
    }

    @Test
    void shouldOweWhatWasSpentAndSayWhoOwes() throws Exception {
        rig.tell(PAID);
        spend("ada", 300);

        rig.tell(refund("re_1", 499, 1));

        assertThat(ada().status()).isEqualTo(Status.DEBT);
        assertThat(ada().debt()).isEqualTo(300);
        assertThat(lane.call("ada", new Command.Spend(1, Memo.NONE))).isInstanceOf(Outcome.Refused.class);
        rig.tell(StripeEvents.paid("evt_2", "pi_2", "ada", Defaults.SMALL));
        assertThat(ada().debt()).isZero();
        assertThat(ada().balance()).isEqualTo(200);
    }

    @Test
    void shouldAddUpWhatIsOwedAndWhatWaits() throws Exception {
        assertThat(rig.sums()).isEqualTo(Reports.Sums.NONE);
        for (String wallet : List.of("ada", "bob")) {
            rig.tell(StripeEvents.paid("evt_" + wallet, "pi_" + wallet, wallet, Defaults.SMALL));
            spend(wallet, 300);
            rig.tell(StripeEvents.refund("refund.created", "re_" + wallet, "pi_" + wallet, 499, "succeeded", 1));
        }
        rig.tell(PAID.replace("\"amount\":499", "\"amount\":1"));
        rig.instead().set(new Outcome.Unavailable(Outcome.Reason.TIMED_OUT, 1));
        rig.post(StripeEvents.paid("evt_open", "pi_open", "ada", Defaults.SMALL));

        assertThat(rig.sums()).isEqualTo(new Reports.Sums(600, 2, 1, 1));
    }

    @Test
    void shouldSetAsideWhatIsLeftWhileADisputeIsOpen() throws Exception {
        rig.tell(PAID);
        spend("ada", 200);

        rig.tell(StripeEvents.dispute("created", "dp_1", "pi_1", 499, "needs_response", 1, 1));

        assertThat(ada().balance()).isEqualTo(300);
        assertThat(ada().available()).isZero();
        assertThat(ada().debt()).isZero();
        assertThat(tables.number("select count(*) from payments where frozen = 500 and disputed = 0")).isOne();
        assertThat(
                tables.number("select count(*) from holds where use = 'dispute' and state = 'open' and amount = 300"))
                .isOne();
    }

    @Test
    void shouldTakeWhatADisputeHasTakenAndGiveItBackIfItIsWon() throws Exception {
        rig.tell(PAID);
        spend("ada", 200);
        rig.tell(StripeEvents.dispute("created", "dp_1", "pi_1", 499, "needs_response", 1, 1));
        rig.tell(StripeEvents.dispute("funds_withdrawn", "dp_1", "pi_1", 499, "needs_response", 1, 1));
        assertThat(ada().balance()).isZero();
        assertThat(ada().debt()).isEqualTo(200);
        assertThat(rig.tell(StripeEvents.dispute("updated", "dp_1", "pi_1", 499, "under_review", 1, 5)))
                .isEqualTo("noted");

        rig.tell(StripeEvents.dispute("funds_reinstated", "dp_1", "pi_1", 499, "won", 1, 9));

        assertThat(ada().available()).isEqualTo(300);
        assertThat(ada().debt()).isZero();
        assertThat(rig.tell(StripeEvents.dispute("closed", "dp_1", "pi_1", 499, "won", 1, 9))).isEqualTo("noted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"won", "warning_closed", "prevented"})
    void shouldSetFreeWhatWasSetAsideWhenADisputeEndsWell(String status) throws Exception {
        rig.tell(PAID);
        rig.tell(StripeEvents.dispute("created", "dp_1", "pi_1", 499, "warning_needs_response", 1, 1));
        assertThat(ada().available()).isZero();

        rig.tell(StripeEvents.dispute("closed", "dp_1", "pi_1", 499, status, 1, 2));

        assertThat(ada().available()).isEqualTo(500);
    }

    @Test
    void shouldTakeWhatADisputeThatIsLostHasCost() throws Exception {
        rig.tell(PAID);
        rig.tell(StripeEvents.dispute("closed", "dp_1", "pi_1", 200, "lost", 1, 2));

        assertThat(ada().balance()).as("200 of 499 cents are 200 of 500 tokens").isEqualTo(300);
        assertThat(rig.tell(StripeEvents.dispute("created", "dp_1", "pi_1", 200, "needs_response", 1, 1)))
                .isEqualTo("noted");
        assertThat(ada().available()).isEqualTo(300);
    }

    @Test
    void shouldNotTakeMoreThanWasBoughtWhateverGoesBack() throws Exception {
        rig.tell(PAID);
        rig.tell(StripeEvents.dispute("funds_withdrawn", "dp_1", "pi_1", 499, "needs_response", 1, 1));
        rig.tell(refund("re_1", 499, 2));
        rig.tell(StripeEvents.dispute("funds_withdrawn", "dp_2", "pi_1", 499, "needs_response", 3, 3));

        assertThat(ada().balance()).isZero();
        assertThat(ada().debt()).isZero();
    }

    @Test
    void shouldTakeAGiftBackFromWhereItWent() throws Exception {
        rig.tell(PAID.replace("\"metadata\":{", "\"metadata\":{\"payer_id\":\"bob\","));

        rig.tell(refund("re_1", 499, 1));

        assertThat(ada().balance()).isZero();
        assertThat(lane.look("bob").version()).isZero();
    }

    @Test
    void shouldShowAPersonWhatWentBackInOtherMoney() throws Exception {
        rig.tell(PAID);

        assertThat(rig.tell(refund("re_1", 499, 1).replace("\"usd\"", "\"eur\""))).isEqualTo("parked");

        assertThat(ada().balance()).isEqualTo(500);
        tables.execute("delete from refunds");
    }

    /** Whichever is told first: what nobody can follow by itself is shown. */
    @Test
    void shouldShowAPersonWhatHadGoneBackInOtherMoneyBeforeItWasCredited() throws Exception {
        assertThat(rig.tell(refund("re_1", 499, 1).replace("\"usd\"", "\"eur\""))).isEqualTo("noted");

        assertThat(rig.tell(PAID)).isEqualTo("parked");

        assertThat(ada().balance()).as("it is credited all the same").isEqualTo(500);
        assertThat(tables.number("select count(*) from webhook_events where event_id = 'evt_paid'"
                + " and outcome = 'parked' and reason like '%credited%in another currency%by hand%'")).isOne();
        tables.execute("delete from refunds");
        assertThat(rig.tell(PAID)).as("once it is put right").isEqualTo("credited");
    }

    @Test
    void shouldDoAStepOnceHoweverOftenItIsTold() throws Exception {
        rig.tell(PAID);
        Semaphore fifty = new Semaphore(50);
        List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            fifty.acquire();
            replies.add(rig.send(i % 2 == 0
                    ? refund("re_1", 100, 1).replace("evt_", "evt_" + i % 4)
                    : StripeEvents.refundedSoFar("pi_1", 100, 1)).whenComplete((_, _) -> fifty.release()));
        }
        assertThat(replies).allSatisfy(reply -> assertThat(reply.get().statusCode()).isEqualTo(200));
        assertThat(ada().balance()).isEqualTo(400);
        assertThat(ada().version()).isEqualTo(2);
    }

    /** As after a crash in between: what was told is known, and no token has moved. */
    @Test
    void shouldFollowLaterWhatItCouldNotFollowAtOnce() throws Exception {
        rig.tell(PAID);
        rig.instead().set(new Outcome.Unavailable(Outcome.Reason.TIMED_OUT, 1));

        assertThat(rig.post(refund("re_1", 100, 1)).statusCode()).isEqualTo(503);

        assertThat(ada().balance()).isEqualTo(500);
        assertThat(rig.tell(refund("re_1", 100, 1))).isEqualTo("reversed");
        assertThat(ada().balance()).isEqualTo(400);
    }

    /** A step lies in a connection that is cut, and is carried out when that heals: by then nobody would look after it. */
    @Test
    void shouldNotTakeAStepThatComesAfterItsDispute() throws Exception {
        rig.tell(PAID);
        String disputed = StripeEvents.dispute("created", "dp_1", "pi_1", 499, "needs_response", 1, 1);
        rig.loseAfter(0);
        assertThat(rig.post(disputed).statusCode()).isEqualTo(503);
        assertThat(rig.tell(StripeEvents.dispute("closed", "dp_1", "pi_1", 499, "won", 2, 2))).isEqualTo("noted");
        assertThat(rig.tell(disputed)).isEqualTo("noted");

        assertThat(rig.comesNow(1)).isEqualTo(new Outcome.KeyReused());

        assertThat(ada().available()).isEqualTo(500);
        assertThat(rig.tell(refund("re_1", 499, 3))).isEqualTo("reversed");
    }

    @Test
    void shouldAnswerAStepThatWasTakenInTimeWheneverItComesAgain() throws Exception {
        rig.tell(PAID);
        rig.tell(refund("re_1", 100, 1));
        rig.tell(refund("re_2", 100, 2));

        assertThat(rig.comesNow(1)).isInstanceOfSatisfying(Outcome.Done.class,
                done -> assertThat(done.replayed()).isTrue());
        assertThat(ada().balance()).isEqualTo(300);
    }

    /** As after a crash between the step and the note of it. */
    @Test
    void shouldNotDoAgainWhatWasDoneButNotNoted() throws Exception {
        rig.tell(PAID);
        rig.tell(refund("re_1", 100, 1));
        tables.execute("update webhook_events set processed_at = null, outcome = null");

        assertThat(rig.tell(refund("re_1", 100, 1))).isEqualTo("noted");
        assertThat(rig.tell(PAID)).isEqualTo("credited");

        assertThat(ada().version()).isEqualTo(2);
    }

    @Test
    void shouldComeToTheSameInWhateverOrderAndHoweverOftenItIsTold() throws Exception {
        Random random = new Random(Seed.take("shuffled refunds and disputes"));
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            events.addAll(story(random, "pi_" + i, "w" + i % 9));
        }
        for (String event : events) {
            rig.tell(event.replace("\"evt_", "\"evt_x").replace("pi_", "pi_x")
                    .replace("\"wallet_id\":\"w", "\"wallet_id\":\"x"));
        }
        List<String> deliveries = new ArrayList<>();
        for (String event : events) {
            for (int copies = 1 + random.nextInt(3); copies > 0; copies--) {
                deliveries.add(copies == 1 ? event : event.replace("\"evt_", "\"evt_" + random.nextInt(2)));
            }
        }
        Collections.shuffle(deliveries, random);
        rig.deliver(deliveries, random);
        for (int w = 0; w < 9; w++) {
            Wallet shuffled = lane.look("w" + w);
            Wallet inOrder = lane.look("x" + w);
            assertThat(shuffled.balance()).as("w" + w).isEqualTo(inOrder.balance());
            assertThat(shuffled.held()).as("w" + w).isEqualTo(inOrder.held());
            assertThat(shuffled.debt()).as("w" + w).isEqualTo(inOrder.debt()).isZero();
        }
        assertThat(tables.number("""
                select count(*) from payments a join payments b
                    on b.payment_intent_id = replace(a.payment_intent_id, 'pi_', 'pi_x')
                 where a.refunded = b.refunded and a.disputed = b.disputed and a.frozen = b.frozen""")).isEqualTo(80);
        assertThat(tables.number("select count(*) from payments where refunded > 0 and disputed > 0")).isPositive();
    }

    /** Spends go on meanwhile, so that there are debts, and times when there is nothing to set aside. */
    @Test
    void shouldLoseNothingBesideSpends() throws Exception {
        Random random = new Random(Seed.take("refunds beside spends"));
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.addAll(story(random, "pi_" + i, "w" + i % 3));
        }
        Collections.shuffle(events, random);
        long[] spent = new long[3];
        for (int from = 0; from < events.size(); from += 10) {
            rig.deliver(events.subList(from, Math.min(from + 10, events.size())), random);
            int w = random.nextInt(3);
            long most = Math.max(1, lane.look("w" + w).available());
            if (lane.call("w" + w,
                    new Command.Spend(most - random.nextLong(most) / 4, Memo.NONE)) instanceof Outcome.Done done) {
                spent[w] -= done.receipt().entries().getFirst().amount();
            }
        }
        assertThat(tables.number("select count(*) from entries where debt > 0")).as("debts").isPositive();
        for (int w = 0; w < 3; w++) {
            long bought = tables.number("select sum(tokens + bonus - refunded - disputed) from payments"
                    + " where wallet_id = 'w" + w + "'");
            assertThat(lane.look("w" + w).balance() - lane.look("w" + w).debt()).as("w" + w)
                    .isEqualTo(bought - spent[w]);
        }
    }

    /** What happens to a payment, in order; its ids are its own. */
    static List<String> story(Random random, String intent, String wallet) {
        boolean large = random.nextBoolean();
        long price = large ? Defaults.LARGE.price() : Defaults.SMALL.price();
        List<String> events = new ArrayList<>();
        events.add(StripeEvents.paid("evt_" + intent, intent, wallet, large ? Defaults.LARGE : Defaults.SMALL));
        long refunded = 0;
        for (int n = random.nextInt(4); n > 0; n--) {
            long amount = 1 + random.nextLong(price / 4);
            String id = "re_" + intent + "_" + n;
            refunded += amount;
            events.add(StripeEvents.refund("refund.created", id, intent, amount, "pending", 10 + n));
            events.add(StripeEvents.refundedSoFar(intent, refunded, 10 - n));
            events.add(StripeEvents.refund("refund.updated", id, intent, amount, "succeeded", 20));
            if (random.nextInt(3) == 0) {
                events.add(StripeEvents.refund("refund.failed", id, intent, amount, "failed", 30));
                events.add(StripeEvents.refund("charge.refund.updated", id, intent, amount, "failed", 30));
            }
        }
        for (int n = random.nextInt(3); n > 0; n--) {
            long amount = 1 + random.nextLong(price);
            String id = "dp_" + intent + "_" + n;
            events.add(StripeEvents.dispute("created", id, intent, amount, "needs_response", 40, 40));
            if (random.nextBoolean()) {
                events.add(StripeEvents.dispute("funds_withdrawn", id, intent, amount, "needs_response", 40, 40));
            }
            switch (random.nextInt(4)) {
                case 0 -> events.add(StripeEvents.dispute("closed", id, intent, amount, "lost", 40, 50));
                case 1 -> {
                    events.add(StripeEvents.dispute("closed", id, intent, amount, "won", 40, 50));
                    events.add(StripeEvents.dispute("funds_reinstated", id, intent, amount, "won", 40, 50));
                }
                case 2 -> events.add(StripeEvents.dispute("updated", id, intent, amount, "under_review", 40, 45));
                default -> {
                }
            }
        }
        return events;
    }

    private static String refund(String id, long amount, long at) {
        return StripeEvents.refund("refund.created", id, "pi_1", amount, "succeeded", at);
    }

    private Wallet ada() {
        return lane.look("ada");
    }

    private void spend(String wallet, long amount) {
        assertThat(lane.call(wallet, new Command.Spend(amount, Memo.NONE))).isInstanceOf(Outcome.Done.class);
    }
}
