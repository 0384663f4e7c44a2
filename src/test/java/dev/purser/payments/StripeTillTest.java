package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.catalog.Order;
import dev.purser.catalog.Pack;
import dev.purser.catalog.Sale;
import dev.purser.journal.Orders;
import dev.purser.sandbox.StripeStandIn;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.LawChecker;
import dev.purser.support.TestDatabase;

/** Stripe's own library against the stand-in, whose events come back over real HTTP. */
@Timeout(60)
class StripeTillTest {

    private final ShopRig rig = new ShopRig(Duration.ofSeconds(5), new Orders.Limits(5, 5, 50, Duration.ofMinutes(10)),
            false);
    private final TestDatabase tables = rig.tables;
    private final TestLane lane = rig.lane;
    private final StripeTill till = rig.till;

    @AfterEach
    void obeyTheLaws() {
        LawChecker.check(tables);
        rig.close();
    }

    @Test
    void shouldBeginAPaymentThatItsEventCredits() {
        Sale sale = buy("ada", Defaults.LARGE, "pm_card_visa", null);

        assertThat(sale).isInstanceOfSatisfying(Sale.Begun.class, begun -> {
            assertThat(begun.status()).isEqualTo("succeeded");
            assertThat(begun.clientSecret()).isNotBlank();
            assertThat(begun.failure()).isNull();
        });
        assertThat(lane.look("ada").balance()).as("nothing is credited by the answer").isZero();
        rig.listen();
        await().until(() -> lane.look("ada").balance() == 5_250);
        await().until(
                () -> tables.number("select count(*) from purchases p join payments c on c.payment_intent_id = p.id"
                        + " where p.payer = 'ada' and p.status = 'succeeded' and p.price = 4499") == 1);
    }

    @Test
    void shouldGiveToAnother() {
        rig.listen();
        Sale sale = LaneRig.await(till.sell(new Order(Defaults.SMALL, "ada", "bob", "pm_card_visa", null)));

        assertThat(sale).isInstanceOf(Sale.Begun.class);
        await().until(() -> lane.look("bob").balance() == 500);
        assertThat(tables.number("select count(*) from payments where wallet_id = 'bob' and payer = 'ada'")).isOne();
    }

    @Test
    void shouldCreditNothingWhenTheCardIsDeclined() {
        rig.listen();
        Sale sale = buy("ada", Defaults.SMALL, "pm_card_chargeDeclined", null);

        assertThat(sale).isInstanceOfSatisfying(Sale.Begun.class, begun -> {
            assertThat(begun.status()).isEqualTo("requires_payment_method");
            assertThat(begun.failure()).isEqualTo("generic_decline");
        });
        await().until(() -> tables.number("select count(*) from webhook_events where outcome = 'noted'") == 1);
        assertThat(lane.look("ada").version()).isZero();
    }

    @Test
    void shouldWaitForTheBuyerWhereTheBankAsks() throws Exception {
        rig.listen();
        Sale.Begun begun = (Sale.Begun) buy("ada", Defaults.SMALL, "pm_card_threeDSecure2Required", null);
        assertThat(begun.status()).isEqualTo("requires_action");
        await().until(() -> tables.number("select count(*) from webhook_events where outcome = 'noted'") == 1);
        assertThat(lane.look("ada").version()).isZero();

        int status = HttpClient.newHttpClient().send(HttpRequest
                .newBuilder(URI.create(rig.stripe.url() + "/v1/payment_intents/" + begun.id() + "/authenticate"))
                .header("Authorization", "Bearer " + StripeStandIn.KEY).timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.noBody()).build(),
                BodyHandlers.discarding()).statusCode();

        assertThat(status).isEqualTo(200);
        await().until(() -> lane.look("ada").balance() == 500);
    }

    @Test
    void shouldBeginOnePaymentUnderOneKey() {
        rig.listen();
        Sale.Begun first = (Sale.Begun) buy("ada", Defaults.SMALL, "pm_card_visa", "key-1");

        assertThat(first.replayed()).isFalse();
        assertThat(buy("ada", Defaults.SMALL, "pm_card_visa", "key-1"))
                .isEqualTo(new Sale.Begun(first.id(), first.status(), first.clientSecret(), null, true));
        assertThat(buy("bob", Defaults.SMALL, "pm_card_visa", "key-1")).as("another caller").isNotEqualTo(first);
        assertThat(buy("ada", Defaults.LARGE, "pm_card_visa", "key-1")).isEqualTo(new Sale.KeyReused());
        await().until(() -> lane.look("ada").balance() == 500);
    }

    @Test
    void shouldLetNobodyTryOutCards() {
        for (int i = 0; i < 5; i++) {
            assertThat(buy("eve", Defaults.SMALL, "pm_card_chargeDeclined", null)).isInstanceOf(Sale.Begun.class);
        }
        assertThat(buy("eve", Defaults.SMALL, "pm_card_visa", null)).isEqualTo(new Sale.TooMany(5));
        assertThat(buy("ada", Defaults.SMALL, "pm_card_visa", null)).isInstanceOf(Sale.Begun.class);
        tables.execute("update purchases set created_at = created_at - interval '1 minute'");
        assertThat(buy("eve", Defaults.SMALL, "pm_card_visa", null)).isInstanceOf(Sale.Begun.class);
    }

    @Test
    void shouldSayWhatIsWrongAndWhenThereIsNoAnswer() {
        assertThat(buy("ada", Defaults.SMALL, "pm_none", null)).isEqualTo(
                new Sale.Refused("No such PaymentMethod: 'pm_none'"));
        StripeCalls wrong = new StripeCalls(rig.vertx, rig.settings, "sk_test_wrong");
        StripeTill wrongKey = new StripeTill(rig.vertx, wrong, rig.settings.limits(), rig.payments.purchases(),
                PurchaseMeter.NONE);
        assertThat(LaneRig.await(wrongKey.sell(new Order(Defaults.SMALL, "ada", "ada", "pm_card_visa", null))))
                .isEqualTo(new Sale.Unanswered(false));
        wrong.close();
        assertThat(LaneRig.await(rig.stripe.stop().map(true))).isTrue();
        assertThat(buy("ada", Defaults.SMALL, "pm_card_visa", null)).isEqualTo(new Sale.Unanswered(true));
        assertThat(tables.number("select count(*) from purchases")).isZero();
    }

    private Sale buy(String wallet, Pack pack, String paymentMethod, @Nullable String key) {
        return LaneRig.await(till.sell(new Order(pack, wallet, wallet, paymentMethod, key)));
    }
}
