package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.catalog.Order;
import dev.purser.journal.Purchases;
import dev.purser.journal.Purchases.Line;
import dev.purser.journal.Purchases.Purchase;
import dev.purser.lane.Outcome;
import dev.purser.support.CheckoutEvents;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.LawChecker;
import dev.purser.support.Seed;
import dev.purser.support.StripeEvents;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Command;

/** Events of pages to pay on, over real HTTP, into real wallets over a real PostgreSQL. */
@Timeout(120)
class CheckoutWebhookTest {

    private static final String COMPLETED = CheckoutEvents.completed("evt_c", "cs_1", "pi_1", "ada", Defaults.LARGE);
    private static final String PAID = StripeEvents.paid("evt_p", "pi_1", "ada", Defaults.LARGE);
    private static final String UNPAID = CheckoutEvents.unpaid("evt_u", "cs_1", "pi_1", "ada", Defaults.LARGE);
    private static final String PAID_LATER = CheckoutEvents.paidLater("evt_l", "cs_1", "pi_1", "ada", Defaults.LARGE);
    private static final String FAILED = CheckoutEvents.failedLater("evt_f", "cs_1", "pi_1", "ada", Defaults.LARGE);
    private static final String EXPIRED = CheckoutEvents.expired("evt_e", "cs_1", "ada", Defaults.LARGE);

    private final WebhookRig rig = new WebhookRig();
    private final TestDatabase tables = rig.tables();
    private final TestLane lane = rig.lane();
    private final Purchases purchases = rig.payments().purchases();
    private final Collection<String> counted = rig.bought();

    @AfterEach
    void obeyTheLaws() {
        LawChecker.check(tables);
        rig.close();
    }

    @Test
    void shouldCreditACheckoutThatWasPaid() throws Exception {
        open("cs_1", "ada");

        assertThat(post(COMPLETED)).isEqualTo("credited");

        assertThat(lane.look("ada").balance()).isEqualTo(5_250);
        assertThat(tables.number("select count(*) from payments where payment_intent_id = 'pi_1' and wallet_id = 'ada'"
                + " and tokens = 5000 and bonus = 250 and price = 4499 and currency = 'usd' and payer is null"))
                .isOne();
        assertThat(line("cs_1")).satisfies(line -> {
            assertThat(line.purchase().status()).isEqualTo("succeeded");
            assertThat(line.paymentId()).isEqualTo("pi_1");
            assertThat(line.creditedAt()).isNotNull();
        });
        assertThat(counted).containsExactly("credited");
    }

    @Test
    void shouldCreditOnceWhatBothEventsTell() throws Exception {
        for (List<String> order : List.of(List.of(COMPLETED, PAID), List.of(PAID, COMPLETED))) {
            String wallet = "w" + counted.size();
            open("cs_" + wallet, wallet);
            for (String event : order) {
                String its = event.replace("cs_1", "cs_" + wallet).replace("pi_1", "pi_" + wallet)
                        .replace("\"ada\"", '"' + wallet + '"').replace("evt_", "evt_" + wallet);
                assertThat(post(its)).isEqualTo("credited");
                assertThat(post(its)).isEqualTo("repeated");
                assertThat(post(its.replace("evt_", "evt_again_"))).isEqualTo("credited");
            }
            assertThat(lane.look(wallet).balance()).isEqualTo(5_250);
            assertThat(line("cs_" + wallet).creditedAt()).isNotNull();
            assertThat(bought(wallet)).containsExactly("cs_" + wallet);
        }
        assertThat(counted).containsExactly("credited", "credited");
        assertThat(tables.number("select count(*) from payments")).isEqualTo(2);
    }

    @Test
    void shouldWaitForMoneyThatTakesItsTime() throws Exception {
        open("cs_1", "ada");
        assertThat(post(UNPAID)).isEqualTo("noted");
        assertThat(line("cs_1").purchase().status()).isEqualTo("processing");
        assertThat(line("cs_1").paymentId()).isEqualTo("pi_1");
        assertThat(lane.look("ada").version()).isZero();

        assertThat(post(PAID_LATER)).isEqualTo("credited");

        assertThat(lane.look("ada").balance()).isEqualTo(5_250);
        assertThat(line("cs_1").purchase().status()).isEqualTo("succeeded");
        assertThat(line("cs_1").creditedAt()).isNotNull();
    }

    @Test
    void shouldCreditNothingThatFailedOrExpired() throws Exception {
        open("cs_1", "ada");
        assertThat(post(FAILED)).isEqualTo("noted");
        assertThat(post(UNPAID)).as("told late").isEqualTo("noted");
        assertThat(line("cs_1").purchase().status()).isEqualTo("failed");
        open("cs_2", "ada");
        assertThat(post(EXPIRED.replace("cs_1", "cs_2"))).isEqualTo("noted");
        assertThat(post(EXPIRED.replace("cs_1", "cs_2").replace("evt_", "evt_again_"))).isEqualTo("noted");
        assertThat(line("cs_2").purchase().status()).isEqualTo("expired");
        assertThat(line("cs_2").paymentId()).isNull();
        assertThat(lane.look("ada").version()).isZero();
        assertThat(counted).containsExactly("failed", "expired");
    }

    /** Every order of all that could ever be told of one page, each event twice, comes to what was paid. */
    @Test
    void shouldComeToTheSameInWhateverOrderEventsCome() throws Exception {
        Random random = new Random(Seed.take("shuffled checkouts"));
        List<String> all = List.of(COMPLETED, PAID, UNPAID, PAID_LATER, FAILED, EXPIRED);
        List<List<String>> told = List.of(all, List.of(UNPAID, FAILED), List.of(UNPAID, PAID_LATER, PAID),
                List.of(COMPLETED, EXPIRED), List.of(UNPAID, EXPIRED), List.of(FAILED, EXPIRED), List.of(EXPIRED));
        List<String> expected = List.of("succeeded", "failed", "succeeded", "succeeded", "processing", "failed",
                "expired");
        for (int i = 0; i < 70; i++) {
            String wallet = "w" + i;
            open("cs_" + wallet, wallet);
            List<String> events = new ArrayList<>(told.get(i % 7));
            events.addAll(told.get(i % 7));
            Collections.shuffle(events, random);
            for (int e = 0; e < events.size(); e++) {
                String event = events.get(e).replace("cs_1", "cs_" + wallet).replace("pi_1", "pi_" + wallet)
                        .replace("\"ada\"", '"' + wallet + '"').replaceFirst("evt_", "evt_" + wallet + "_" + e);
                assertThat(post(event)).isIn("credited", "noted");
            }
            boolean paid = expected.get(i % 7).equals("succeeded");
            assertThat(line("cs_" + wallet).purchase().status()).as(wallet).isEqualTo(expected.get(i % 7));
            assertThat(line("cs_" + wallet).creditedAt() != null).as(wallet).isEqualTo(paid);
            assertThat(lane.look(wallet).balance()).as(wallet).isEqualTo(paid ? 5_250 : 0);
        }
        assertThat(IntStream.range(0, 70).filter(i -> expected.get(i % 7).equals("succeeded")).count())
                .isEqualTo(counted.stream().filter("credited"::equals).count());
    }

    @Test
    void shouldParkWhatIsNotRightAndLookAtItAnewWhenItIsSentAgain() throws Exception {
        open("cs_1", "ada");
        assertThat(post(COMPLETED.replace("\"amount_total\":4499", "\"amount_total\":1"))).isEqualTo("parked");
        assertThat(tables.number("select count(*) from webhook_events where outcome = 'parked' and reason ="
                + " 'Expected 4499 usd for the pack large, but 1 of 1 usd were paid'")).isOne();
        assertThat(line("cs_1").purchase().status()).isEqualTo("open");
        assertThat(lane.look("ada").version()).isZero();

        assertThat(post(COMPLETED)).isEqualTo("credited");
    }

    /** It was paid all the same: whoever looks at what is parked sees for what. */
    @Test
    void shouldParkACheckoutForAClosedWallet() throws Exception {
        open("cs_1", "ada");
        assertThat(lane.call("ada", new Command.Close("gone", false))).isInstanceOf(Outcome.Done.class);
        assertThat(post(COMPLETED)).isEqualTo("parked");
        assertThat(line("cs_1").purchase().status()).isEqualTo("succeeded");
        assertThat(line("cs_1").creditedAt()).isNull();
    }

    @Test
    void shouldCreditWhatWasNotWrittenDownAndIgnoreWhatIsNotOurs() throws Exception {
        assertThat(post(COMPLETED)).isEqualTo("credited");
        assertThat(lane.look("ada").balance()).isEqualTo(5_250);
        assertThat(post(COMPLETED.replaceAll("\"metadata\":\\{[^}]*}", "\"metadata\":{\"order\":\"7\"}")
                .replace("evt_c", "evt_other"))).isEqualTo("ignored");
        assertThat(tables.number("select count(*) from purchases")).isZero();
        assertThat(bought("ada")).as("nobody heard that it was begun").containsExactly("pi_1");
        assertThat(line("pi_1")).satisfies(line -> {
            assertThat(line.purchase().status()).isEqualTo("succeeded");
            assertThat(line.purchase().price()).isEqualTo(4_499);
            assertThat(line.creditedAt()).isNotNull();
        });
    }

    private List<String> bought(String payer) {
        return LaneRig.await(purchases.page(payer, null, null, 10)).stream().map(each -> each.purchase().id()).toList();
    }

    @Test
    void shouldRememberADeclinedPaymentOnceAndForWhoPays() throws Exception {
        String declined = """
                {"id":"evt_1","type":"payment_intent.payment_failed","livemode":false,"data":{"object":{"id":"pi_1",\
                "status":"requires_payment_method","metadata":{"wallet_id":"ada","payer_id":"bob","pack_id":"small"}}}}""";
        assertThat(post(declined)).isEqualTo("noted");
        assertThat(post(declined)).isEqualTo("repeated");
        assertThat(post(declined.replace("evt_1", "evt_2"))).isEqualTo("noted");
        assertThat(tables.number("select count(*) from declines where payment_id = 'pi_1' and payer = 'bob'")).isOne();
        assertThat(tables.number("select count(*) from declines")).isOne();
    }

    @Test
    void shouldCountHowPurchasesEnd() throws Exception {
        begin("pi_1", "requires_action");
        begin("pi_2", "processing");
        begin("pi_3", "requires_payment_method");
        for (String status : List.of("requires_payment_method", "canceled", "requires_payment_method")) {
            String id = status.equals("canceled") ? "pi_2" : counted.isEmpty() ? "pi_1" : "pi_3";
            String type = status.equals("canceled") ? "canceled" : "payment_failed";
            String event = """
                    {"id":"evt_%s","type":"payment_intent.%s","livemode":false,"data":{"object":{"id":"%s",\
                    "status":"%s","metadata":{"wallet_id":"ada","pack_id":"small"}}}}"""
                    .formatted(id, type, id, status);
            assertThat(post(event)).isEqualTo("noted");
            assertThat(post(event.replace("evt_", "evt_again_"))).isEqualTo("noted");
        }
        assertThat(counted).as("the third was counted when it was begun").containsExactly("failed", "canceled");
    }

    /** A card was declined, then a bank's debit begun: told the other way round, it is under way all the same. */
    @Test
    void shouldKnowHowAPaymentStandsInWhateverOrderItIsTold() throws Exception {
        begin("pi_1", "requires_action");
        assertThat(post(intent("evt_1", "processing", "processing", 30))).isEqualTo("noted");
        assertThat(post(intent("evt_2", "payment_failed", "requires_payment_method", 10))).isEqualTo("noted");
        assertThat(line("pi_1").purchase().status()).isEqualTo("processing");
        assertThat(counted).isEmpty();

        assertThat(post(intent("evt_3", "payment_failed", "requires_payment_method", 40))).isEqualTo("noted");
        assertThat(line("pi_1").purchase().status()).isEqualTo("requires_payment_method");
        assertThat(post(intent("evt_4", "canceled", "canceled", 35))).isEqualTo("noted");
        assertThat(line("pi_1").purchase().status()).as("over is over").isEqualTo("canceled");
        assertThat(counted).containsExactly("failed", "canceled");
    }

    private static String intent(String eventId, String type, String status, long at) {
        return """
                {"id":"%s","type":"payment_intent.%s","livemode":false,"created":%d,"data":{"object":{"id":"pi_1",\
                "status":"%s","metadata":{"wallet_id":"ada","pack_id":"small"}}}}""".formatted(eventId, type, at,
                status);
    }

    private void open(String id, String wallet) {
        write(id, wallet, "open");
    }

    private void begin(String id, String status) {
        write(id, "ada", status);
    }

    private void write(String id, String wallet, String status) {
        Order order = new Order(Defaults.LARGE, wallet, wallet, "pm_card", null);
        assertThat(LaneRig.await(purchases.begun(Purchase.of(order, id, status), "key_" + id).map(true))).isTrue();
    }

    private Line line(String id) {
        String wallet = List.of("cs_1", "cs_2", "pi_1").contains(id) ? "ada" : id.substring("cs_".length());
        Optional<Line> line = LaneRig.await(purchases.find(wallet, id));
        return line.orElseThrow();
    }

    /** Answers what came of it. */
    private String post(String event) throws Exception {
        return rig.post(event).body().replaceAll("\\{\"outcome\":\"(\\w+)\"}", "$1");
    }
}
