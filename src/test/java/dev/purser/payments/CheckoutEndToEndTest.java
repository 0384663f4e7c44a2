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
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.catalog.Order;
import dev.purser.catalog.Order.Way;
import dev.purser.catalog.Sale;
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

/** A page to pay on, by Stripe's own library at the stand-in, paid as in a browser, and credited by its events. */
@Timeout(60)
class CheckoutEndToEndTest {

    private static final Way.Page PAGE = new Way.Page("http://localhost:8080/bought?id={CHECKOUT_SESSION_ID}",
            "http://localhost:8080/shop");

    private final TestDatabase tables = TestDatabase.create();
    private final LaneRig rig = new LaneRig();
    private final TestLane lane = rig.lane(tables.url());
    private final Vertx vertx = Vertx.vertx();
    private final StripeStandIn stripe = LaneRig.await(StripeStandIn.start(vertx));
    private final StripeSettings settings = new StripeSettings(List.of(), false, Duration.ofMinutes(5), null, null,
            Duration.ofSeconds(2), Defaults.BUYERS, List.of(), Defaults.UPKEEP, GivenOnPolicy.DEBT)
            .at(URI.create(stripe.url()),
                    StripeStandIn.KEY,
                    stripe.webhookSecret());
    private final Purchases purchases = new Purchases(tables.reads(vertx));
    private final ConcurrentLinkedQueue<String> counted = new ConcurrentLinkedQueue<>();
    private final StripeCalls calls = new StripeCalls(vertx, settings, StripeStandIn.KEY);
    private final StripeTill till = new StripeTill(vertx, calls, settings.limits(), purchases, counted::add);
    private final HttpClient browser = HttpClient.newHttpClient();

    CheckoutEndToEndTest() {
        int port = LaneRig.await(vertx.createHttpServer()
                .requestHandler(new StripeWebhook(vertx, settings,
                        new StripeInbox(settings, Defaults.CATALOG, id -> true, PaymentTables.of(tables.reads(vertx)),
                                lane::send, null, Ids::next, counted::add, new GivenOnFollower(vertx,
                                        PaymentTables.of(tables.reads(vertx)).givenOn(), lane::send, Ids::next,
                                        GivenOnPolicy.DEBT)),
                        InstantSource.system(), WebhookMeter.NONE))
                .listen(0, "127.0.0.1")).actualPort();
        stripe.tell("http://127.0.0.1:" + port);
    }

    @AfterEach
    void obeyTheLaws() {
        LawChecker.check(tables);
        calls.close();
        browser.close();
        LaneRig.await(stripe.stop());
        rig.close();
        LaneRig.await(vertx.close());
    }

    @Test
    void shouldCreditWhatIsPaidOnItsPageOnce() throws Exception {
        Sale.Opened page = open("k");
        assertThat(open("k")).isEqualTo(new Sale.Opened(page.id(), "open", page.url(), true));
        assertThat(lane.look("ada").version()).isZero();

        assertThat(pay(page, "pm_card_chargeDeclined")).isEqualTo(402);
        assertThat(pay(page, "pm_card_visa")).isEqualTo(303);

        await().until(() -> tables.number("select count(*) from purchases p join payments c"
                + " on c.payment_intent_id = p.payment_intent_id where p.status = 'succeeded'") == 1);
        await().until(() -> tables.number("select count(*) from webhook_events where outcome = 'credited'") == 2);
        assertThat(lane.look("ada").balance()).isEqualTo(5_250);
        assertThat(counted).containsOnlyOnce("begun", "credited").doesNotContain("failed");
        await().until(() -> tables.number("select count(*) from declines where payer = 'ada'") == 1);
    }

    private Sale.Opened open(String key) {
        return (Sale.Opened) LaneRig
                .await(till.sell(new Order(Defaults.LARGE, "ada", "ada", PAGE, new Order.Key("ada", key))));
    }

    private int pay(Sale.Opened page, String method) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create(Objects.requireNonNull(page.url())))
                .header("Content-Type", "application/x-www-form-urlencoded").timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString("method=" + method)).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
