package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.catalog.Order;
import dev.purser.catalog.Order.Way;
import dev.purser.catalog.Sale;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.LawChecker;
import dev.purser.support.TestDatabase;

/** A page to pay on, by Stripe's own library at the stand-in, paid as in a browser, and credited by its events. */
@Timeout(60)
class CheckoutEndToEndTest {

    private static final Way.Page PAGE = new Way.Page("http://localhost:8080/bought?id={CHECKOUT_SESSION_ID}",
            "http://localhost:8080/shop");

    private final ShopRig rig = ShopRig.listening(false);
    private final TestDatabase tables = rig.tables;
    private final TestLane lane = rig.lane;
    private final HttpClient browser = HttpClient.newHttpClient();

    @AfterEach
    void obeyTheLaws() {
        LawChecker.check(tables);
        browser.close();
        rig.close();
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
        assertThat(rig.counted).containsOnlyOnce("begun", "credited").doesNotContain("failed");
        await().until(() -> tables.number("select count(*) from declines where payer = 'ada'") == 1);
    }

    private Sale.Opened open(String key) {
        return (Sale.Opened) LaneRig
                .await(rig.till.sell(new Order(Defaults.LARGE, "ada", "ada", PAGE, new Order.Key("ada", key))));
    }

    private int pay(Sale.Opened page, String method) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create(Objects.requireNonNull(page.url())))
                .header("Content-Type", "application/x-www-form-urlencoded").timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString("method=" + method)).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
