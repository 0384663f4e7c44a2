package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.purser.catalog.Order;
import dev.purser.catalog.Sale;
import dev.purser.journal.Orders;
import dev.purser.payments.FakeStripe.Asked;
import dev.purser.payments.FakeStripe.Reply;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import io.vertx.core.Future;

/** How much one payer may have begun, open and declined. */
@Timeout(60)
class BuyerLimitsTest {

    private static final String CARD = "pm_card";

    private final TillRig rig = new TillRig(new Orders.Limits(8, 3, 4, Duration.ofMinutes(10)));
    private final AtomicInteger ids = new AtomicInteger();

    BuyerLimitsTest() {
        rig.stripe.answer = this::begun;
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldBoundWhatIsOpenHoweverItIsBought() {
        assertBegun(rig.buy("ada", Defaults.SMALL, CARD, null));
        assertBegun(rig.open("ada", Defaults.SMALL, null));
        assertBegun(rig.open("ada", Defaults.SMALL, null));

        assertThat(rig.open("ada", Defaults.SMALL, null)).isEqualTo(new Sale.TooManyOpen(3));
        assertThat(rig.buy("ada", Defaults.SMALL, CARD, null)).isEqualTo(new Sale.TooManyOpen(3));
        assertBegun(rig.open("bob", Defaults.SMALL, null));
        assertThat(rig.stripe.asked()).as("nobody asks for what is not begun").hasSize(4);
        assertThat(rig.counted).containsExactly("begun", "begun", "begun", "limited", "limited", "begun");
    }

    @ParameterizedTest
    @ValueSource(strings = {"update purchases set status = 'requires_payment_method' where id = 'id_1'",
            "update purchases set status = 'failed' where id = 'id_1'",
            "update purchases set status = 'canceled' where id = 'id_1'",
            "update purchases set status = 'expired' where id = 'id_1'",
            "update purchases set created_at = created_at - interval '1 day' where id = 'id_1'",
            "insert into payments (payment_intent_id, wallet_id, pack_id, tokens, bonus, price, currency, created_at)"
                    + " values ('id_1', 'ada', 'small', 500, 0, 499, 'usd', now())",
            "insert into payments (payment_intent_id, wallet_id, pack_id, tokens, bonus, price, currency, created_at)"
                    + " values ('pi_9', 'ada', 'small', 500, 0, 499, 'usd', now());"
                    + " update purchases set payment_intent_id = 'pi_9' where id = 'id_2'"})
    void shouldMakeRoomWhenOneIsOver(String over) {
        openThree();
        rig.tables.execute(over);
        assertBegun(rig.open("ada", Defaults.SMALL, null));
        assertThat(rig.open("ada", Defaults.SMALL, null)).isEqualTo(new Sale.TooManyOpen(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "processing", "requires_action", "succeeded"})
    void shouldCountWhatIsNotOver(String status) {
        openThree();
        rig.tables.execute("update purchases set status = '" + status + "'");
        assertThat(rig.open("ada", Defaults.SMALL, null)).isEqualTo(new Sale.TooManyOpen(3));
    }

    @Test
    void shouldLetNobodyAroundTheBoundsByAskingAtOnce() {
        List<Future<Sale>> sales = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sales.add(rig.till.sell(new Order(Defaults.SMALL, "ada", "ada", TillRig.PAGE, null)));
        }
        List<Sale> all = sales.stream().map(LaneRig::await).toList();
        assertThat(all).filteredOn(Sale.Opened.class::isInstance).hasSize(3);
        assertThat(all).filteredOn(new Sale.TooManyOpen(3)::equals).hasSize(17);
        assertThat(rig.stripe.asked()).hasSize(3);
    }

    /** Nor by asking several nodes, which know nothing of each other but by the tables. */
    @Test
    void shouldLetNobodyAroundTheBoundsByAskingManyNodes() {
        List<StripeTill> nodes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            nodes.add(new StripeTill(rig.vertx, rig.calls, new Orders.Limits(8, 3, 4, Duration.ofMinutes(10)),
                    rig.purchases, PurchaseMeter.NONE));
        }
        for (int payer = 0; payer < 20; payer++) {
            String name = "p" + payer;
            List<Future<Sale>> sales = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                sales.add(nodes.get(i % nodes.size())
                        .sell(new Order(Defaults.SMALL, name, name, TillRig.PAGE, null)));
            }
            assertThat(sales.stream().map(LaneRig::await)).as(name).filteredOn(Sale.Opened.class::isInstance)
                    .hasSize(3);
        }
    }

    @Test
    void shouldCountWhatIsUnderWayOrWasNeverAnsweredForAMinute() {
        rig.stripe.answer = _ -> FakeStripe.error(500, "api_error", "Something went wrong");
        for (int i = 0; i < 3; i++) {
            assertThat(rig.open("ada", Defaults.SMALL, null)).isEqualTo(new Sale.Unanswered(true));
        }
        assertThat(rig.open("ada", Defaults.SMALL, null)).isEqualTo(new Sale.TooManyOpen(3));
        rig.tables.execute("update orders set ordered_at = ordered_at - interval '1 minute'");
        rig.stripe.answer = this::begun;
        assertBegun(rig.open("ada", Defaults.SMALL, null));
    }

    @Test
    void shouldNotCountWhatWasSurelyNotBegun() {
        rig.stripe.answer = _ -> FakeStripe.error(400, "invalid_request_error", "No such PaymentMethod");
        for (int i = 0; i < 4; i++) {
            assertThat(rig.buy("ada", Defaults.SMALL, CARD, "k" + i)).isInstanceOf(Sale.Refused.class);
        }
        rig.stripe.answer = _ -> FakeStripe.error(429, "rate_limit_error", "Too many requests");
        assertThat(rig.buy("ada", Defaults.SMALL, CARD, null)).isEqualTo(new Sale.Unanswered(false));
        assertThat(rig.tables.number("select count(*) from orders")).isZero();
    }

    @Test
    void shouldBoundWhatIsBegunInAMinuteHoweverItEnds() {
        for (int i = 0; i < 8; i++) {
            assertBegun(i % 2 == 0
                    ? rig.open("ada", Defaults.SMALL, null)
                    : rig.buy("ada", Defaults.SMALL, CARD, null));
            rig.tables.execute("update purchases set status = 'canceled'");
        }
        assertThat(rig.open("ada", Defaults.SMALL, null)).isEqualTo(new Sale.TooMany(8));
        assertThat(rig.buy("ada", Defaults.SMALL, CARD, null)).isEqualTo(new Sale.TooMany(8));
        rig.tables.execute("update purchases set created_at = created_at - interval '1 minute'");
        assertBegun(rig.open("ada", Defaults.SMALL, null));
    }

    @Test
    void shouldCoolDownAfterDeclinedPayments() {
        rig.stripe.answer = asked -> FakeStripe.declined("pi_" + ids.incrementAndGet(), asked);
        for (int i = 0; i < 4; i++) {
            assertThat(rig.buy("eve", Defaults.SMALL, CARD, null)).isInstanceOf(Sale.Begun.class);
        }
        rig.stripe.answer = this::begun;

        assertThat(rig.buy("eve", Defaults.SMALL, CARD, null)).isInstanceOfSatisfying(Sale.CoolingDown.class,
                cooling -> {
                    assertThat(cooling.declines()).isEqualTo(4);
                    assertThat(cooling.seconds()).isBetween(540L, 600L);
                });
        assertThat(rig.open("eve", Defaults.SMALL, null)).isInstanceOf(Sale.CoolingDown.class);
        assertBegun(rig.open("ada", Defaults.SMALL, null));
        rig.tables.execute("update declines set declined_at = declined_at - interval '9 minutes 50 seconds'");
        assertThat(rig.open("eve", Defaults.SMALL, null)).isInstanceOfSatisfying(Sale.CoolingDown.class,
                cooling -> assertThat(cooling.seconds()).isBetween(1L, 10L));
        rig.tables.execute("update declines set declined_at = declined_at - interval '10 seconds'");
        assertBegun(rig.open("eve", Defaults.SMALL, null));
    }

    @Test
    void shouldNotCoolDownAfterFewerOrOlderOnes() {
        rig.stripe.answer = asked -> FakeStripe.declined("pi_" + ids.incrementAndGet(), asked);
        for (int i = 0; i < 3; i++) {
            assertThat(rig.buy("eve", Defaults.SMALL, CARD, null)).isInstanceOf(Sale.Begun.class);
        }
        rig.tables.execute("update declines set declined_at = declined_at - interval '10 minutes'");
        for (int i = 0; i < 4; i++) {
            assertThat(rig.buy("eve", Defaults.SMALL, CARD, null)).isInstanceOf(Sale.Begun.class);
        }
        assertThat(rig.buy("eve", Defaults.SMALL, CARD, null)).isInstanceOf(Sale.CoolingDown.class);
    }

    /** A repetition is not a new one: it gets its answer whatever its payer has begun, open or declined since. */
    @Test
    void shouldAnswerARepetitionOverAllBounds() {
        Sale page = rig.open("ada", Defaults.SMALL, "k");
        Sale payment = rig.buy("ada", Defaults.SMALL, CARD, "k");
        rig.stripe.answer = _ -> FakeStripe.error(500, "api_error", "Something went wrong");
        assertThat(rig.open("ada", Defaults.SMALL, "lost")).isEqualTo(new Sale.Unanswered(true));
        rig.stripe.answer = this::begun;
        assertThat(rig.open("ada", Defaults.SMALL, null)).isEqualTo(new Sale.TooManyOpen(3));
        rig.tables.execute("""
                insert into declines (payment_id, payer) select 'pi_d' || i, 'ada' from generate_series(1, 4) i;
                insert into purchases (id, payer, wallet_id, pack_id, tokens, bonus, price, currency, status)
                select 'pi_p' || i, 'ada', 'ada', 'small', 500, 0, 499, 'usd', 'open' from generate_series(1, 9) i""");
        assertThat(rig.open("ada", Defaults.SMALL, null)).isInstanceOf(Sale.CoolingDown.class);

        rig.stripe.answer = asked -> again(asked, page, payment);
        assertThat(rig.open("ada", Defaults.SMALL, "k")).isInstanceOfSatisfying(Sale.Opened.class,
                again -> assertThat(again.replayed()).isTrue());
        assertThat(rig.buy("ada", Defaults.SMALL, CARD, "k")).isInstanceOfSatisfying(Sale.Begun.class,
                again -> assertThat(again.replayed()).isTrue());
        rig.stripe.answer = this::begun;
        assertThat(rig.open("ada", Defaults.SMALL, "lost")).as("what was never answered").isInstanceOf(
                Sale.Opened.class);
        assertThat(rig.open("ada", Defaults.SMALL, "new")).isInstanceOf(Sale.CoolingDown.class);
    }

    private static Reply again(Asked asked, Sale page, Sale payment) {
        return new Reply(200, asked.path().endsWith("sessions")
                ? FakeStripe.session(((Sale.Opened) page).id(), asked)
                : FakeStripe.intent(((Sale.Begun) payment).id(), "requires_action", asked), true);
    }

    private void openThree() {
        assertBegun(rig.buy("ada", Defaults.SMALL, CARD, null));
        assertBegun(rig.open("ada", Defaults.SMALL, null));
        assertBegun(rig.open("ada", Defaults.SMALL, null));
    }

    private Reply begun(Asked asked) {
        String id = "id_" + ids.incrementAndGet();
        return FakeStripe.ok(asked.path().endsWith("sessions")
                ? FakeStripe.session(id, asked)
                : FakeStripe.intent(id, "requires_action", asked));
    }

    private static void assertBegun(Sale sale) {
        assertThat(sale).isInstanceOfAny(Sale.Begun.class, Sale.Opened.class);
    }
}
