package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.catalog.Order;
import dev.purser.catalog.Pack;
import dev.purser.catalog.Sale;
import dev.purser.journal.Orders;
import dev.purser.journal.PaymentTables;
import dev.purser.journal.Purchases;
import dev.purser.lane.Ids;
import dev.purser.sandbox.StripeStandIn;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.LawChecker;
import dev.purser.support.TestDatabase;
import io.vertx.core.Vertx;

/** Stripe's own library against the stand-in, whose events come back over real HTTP. */
@Timeout(60)
class StripeTillTest {

    private final TestDatabase tables = TestDatabase.create();
    private final LaneRig rig = new LaneRig();
    private final TestLane lane = rig.lane(tables.url());
    private final Vertx vertx = Vertx.vertx();
    private final StripeStandIn stripe = LaneRig.await(StripeStandIn.start(vertx));
    private final StripeSettings settings = new StripeSettings(List.of(), false, Duration.ofMinutes(5), null, null,
            Duration.ofSeconds(2), new Orders.Limits(5, 5, 50, Duration.ofMinutes(10)), List.of(), Defaults.UPKEEP,
            GivenOnPolicy.DEBT)
            .at(URI.create(stripe.url()), StripeStandIn.KEY, stripe.webhookSecret());
    private final Purchases purchases = new Purchases(tables.reads(vertx));
    private final StripeCalls calls = new StripeCalls(vertx, settings, StripeStandIn.KEY);
    private final StripeTill till = new StripeTill(vertx, calls, settings.limits(), purchases, PurchaseMeter.NONE);
    private final int port = LaneRig.await(vertx.createHttpServer()
            .requestHandler(new StripeWebhook(vertx, settings,
                    new StripeInbox(settings, Defaults.CATALOG, id -> true, PaymentTables.of(tables.reads(vertx)),
                            lane::send, null, Ids::next, PurchaseMeter.NONE, new GivenOnFollower(vertx,
                                    PaymentTables.of(tables.reads(vertx)).givenOn(), lane::send, Ids::next,
                                    GivenOnPolicy.DEBT)),
                    InstantSource.system(), WebhookMeter.NONE))
            .listen(0, "127.0.0.1")).actualPort();

    @AfterEach
    void obeyTheLaws() {
        LawChecker.check(tables);
        calls.close();
        rig.close();
        LaneRig.await(vertx.close());
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
        stripe.tell("http://127.0.0.1:" + port);
        await().until(() -> lane.look("ada").balance() == 5_250);
        await().until(
                () -> tables.number("select count(*) from purchases p join payments c on c.payment_intent_id = p.id"
                        + " where p.payer = 'ada' and p.status = 'succeeded' and p.price = 4499") == 1);
    }

    @Test
    void shouldGiveToAnother() {
        stripe.tell("http://127.0.0.1:" + port);
        Sale sale = LaneRig.await(till.sell(new Order(Defaults.SMALL, "ada", "bob", "pm_card_visa", null)));

        assertThat(sale).isInstanceOf(Sale.Begun.class);
        await().until(() -> lane.look("bob").balance() == 500);
        assertThat(tables.number("select count(*) from payments where wallet_id = 'bob' and payer = 'ada'")).isOne();
    }

    @Test
    void shouldCreditNothingWhenTheCardIsDeclined() {
        stripe.tell("http://127.0.0.1:" + port);
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
        stripe.tell("http://127.0.0.1:" + port);
        Sale.Begun begun = (Sale.Begun) buy("ada", Defaults.SMALL, "pm_card_threeDSecure2Required", null);
        assertThat(begun.status()).isEqualTo("requires_action");
        await().until(() -> tables.number("select count(*) from webhook_events where outcome = 'noted'") == 1);
        assertThat(lane.look("ada").version()).isZero();

        int status = HttpClient.newHttpClient().send(HttpRequest
                .newBuilder(URI.create(stripe.url() + "/v1/payment_intents/" + begun.id() + "/authenticate"))
                .header("Authorization", "Bearer " + StripeStandIn.KEY).timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.noBody()).build(),
                BodyHandlers.discarding()).statusCode();

        assertThat(status).isEqualTo(200);
        await().until(() -> lane.look("ada").balance() == 500);
    }

    @Test
    void shouldBeginOnePaymentUnderOneKey() {
        stripe.tell("http://127.0.0.1:" + port);
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
        StripeCalls wrong = new StripeCalls(vertx, settings, "sk_test_wrong");
        StripeTill wrongKey = new StripeTill(vertx, wrong, settings.limits(), purchases, PurchaseMeter.NONE);
        assertThat(LaneRig.await(wrongKey.sell(new Order(Defaults.SMALL, "ada", "ada", "pm_card_visa", null))))
                .isEqualTo(new Sale.Unanswered(false));
        wrong.close();
        assertThat(LaneRig.await(stripe.stop().map(true))).isTrue();
        assertThat(buy("ada", Defaults.SMALL, "pm_card_visa", null)).isEqualTo(new Sale.Unanswered(true));
        assertThat(tables.number("select count(*) from purchases")).isZero();
    }

    private Sale buy(String wallet, Pack pack, String paymentMethod, @Nullable String key) {
        return LaneRig.await(till.sell(new Order(pack, wallet, wallet, paymentMethod, key)));
    }
}
