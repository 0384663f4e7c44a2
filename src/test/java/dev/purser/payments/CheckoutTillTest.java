package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.catalog.Order;
import dev.purser.catalog.Sale;
import dev.purser.journal.Orders;
import dev.purser.payments.FakeStripe.Asked;
import dev.purser.payments.FakeStripe.Reply;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import io.vertx.core.json.JsonObject;

/** What Stripe's own library sends for a page to pay on, and what becomes of its answers. */
@Timeout(60)
class CheckoutTillTest {

    private final TillRig rig = new TillRig(new Orders.Limits(50, 50, 50, Duration.ofMinutes(10)));
    private final AtomicInteger ids = new AtomicInteger();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void shouldOpenAPageAtTheCatalogsPrice() {
        rig.stripe.answer = asked -> FakeStripe.ok(FakeStripe.session("cs_1", asked));

        Sale sale = rig.open("ada", Defaults.LARGE, null);

        assertThat(sale).isEqualTo(new Sale.Opened("cs_1", "open", "https://checkout.example/c/pay/cs_1", false));
        Asked asked = rig.stripe.asked().getFirst();
        assertThat(asked.method() + " " + asked.path()).isEqualTo("POST /v1/checkout/sessions");
        assertThat(form(asked)).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(Map.entry("mode", "payment"),
                Map.entry("success_url", "https://app.example/bought?id={CHECKOUT_SESSION_ID}"),
                Map.entry("cancel_url", "https://app.example/shop"), Map.entry("client_reference_id", "ada"),
                Map.entry("line_items[0][quantity]", "1"), Map.entry("line_items[0][price_data][currency]", "usd"),
                Map.entry("line_items[0][price_data][unit_amount]", "4499"),
                Map.entry("line_items[0][price_data][product_data][name]", "5250 tokens"),
                Map.entry("metadata[wallet_id]", "ada"), Map.entry("metadata[pack_id]", "large"),
                Map.entry("metadata[tokens]", "5000"), Map.entry("metadata[bonus_tokens]", "250"),
                Map.entry("payment_intent_data[metadata][wallet_id]", "ada"),
                Map.entry("payment_intent_data[metadata][pack_id]", "large"),
                Map.entry("payment_intent_data[metadata][tokens]", "5000"),
                Map.entry("payment_intent_data[metadata][bonus_tokens]", "250")));
        assertThat(rig.tables.number("select count(*) from purchases where id = 'cs_1' and payer = 'ada'"
                + " and wallet_id = 'ada' and tokens = 5000 and bonus = 250 and price = 4499 and status = 'open'"
                + " and payment_intent_id is null")).isOne();
        assertThat(rig.counted).containsExactly("begun");
    }

    @Test
    void shouldSayWhoPaysForAGift() {
        rig.stripe.answer = asked -> FakeStripe.ok(FakeStripe.session("cs_1", asked));

        assertThat(rig.open("ada", "bob", Defaults.SMALL, null)).isInstanceOf(Sale.Opened.class);

        assertThat(form(rig.stripe.asked().getFirst())).containsEntry("metadata[wallet_id]", "bob")
                .containsEntry("metadata[payer_id]", "ada").containsEntry("client_reference_id", "ada")
                .containsEntry("payment_intent_data[metadata][wallet_id]", "bob")
                .containsEntry("payment_intent_data[metadata][payer_id]", "ada");
    }

    @Test
    void shouldAskUnderAKeyForEachCallerPayerAndWay() {
        rig.stripe.answer = this::opened;
        assertThat(rig.open("ada", Defaults.SMALL, "k")).isInstanceOf(Sale.Opened.class);
        assertThat(rig.open("ada", Defaults.SMALL, "k")).isInstanceOf(Sale.Opened.class);
        assertThat(rig.open("bob", Defaults.SMALL, "k")).isInstanceOf(Sale.Opened.class);
        assertThat(rig.open("ada", "ada", Defaults.SMALL, new Order.Key("shop", "k"))).isInstanceOf(Sale.Opened.class);
        assertThat(rig.open("ada", Defaults.SMALL, null)).isInstanceOf(Sale.Opened.class);
        assertThat(rig.open("ada", Defaults.SMALL, null)).isInstanceOf(Sale.Opened.class);
        rig.stripe.answer = asked -> FakeStripe.ok(FakeStripe.intent("pi_1", "succeeded", asked));
        assertThat(rig.buy("ada", Defaults.SMALL, "pm_card_visa", "k")).isInstanceOf(Sale.Begun.class);

        assertThat(rig.stripe.asked().get(0).key()).isEqualTo(rig.stripe.asked().get(1).key()).startsWith("purser-");
        assertThat(rig.stripe.asked().stream().map(Asked::key).distinct()).hasSize(6);
        // Those of purchases that were begun by the version before, and are tried again now.
        assertThat(rig.stripe.asked().get(6).key()).isEqualTo("purser-"
                + "51e77adf00fc327b63e57fa79ea15f835bc7f6b7b51fdc6520be813727018377");
    }

    @Test
    void shouldSayWhatIsARepetition() {
        rig.stripe.answer = asked -> FakeStripe.ok(FakeStripe.session("cs_1", asked));
        Sale.Opened first = (Sale.Opened) rig.open("ada", Defaults.SMALL, "k");
        rig.stripe.answer = asked -> replayed(FakeStripe.ok(FakeStripe.session("cs_1", asked)));
        assertThat(rig.open("ada", Defaults.SMALL, "k"))
                .isEqualTo(new Sale.Opened(first.id(), "open", first.url(), true));

        rig.stripe.answer = asked -> FakeStripe.declined("pi_1", asked);
        Sale declined = rig.buy("ada", Defaults.SMALL, "pm_card", "k");
        assertThat(declined).isEqualTo(
                new Sale.Begun("pi_1", "requires_payment_method", "pi_1_secret", "generic_decline", false));
        rig.stripe.answer = asked -> replayed(FakeStripe.declined("pi_1", asked));
        assertThat(rig.buy("ada", Defaults.SMALL, "pm_card", "k")).isEqualTo(
                new Sale.Begun("pi_1", "requires_payment_method", "pi_1_secret", "generic_decline", true));

        assertThat(rig.counted).containsExactly("begun", "begun", "failed");
        assertThat(rig.tables.number("select count(*) from purchases")).isEqualTo(2);
        assertThat(rig.tables.number("select count(*) from declines")).isOne();
    }

    @Test
    void shouldSayWhatIsWrongAndWhenThereIsNoAnswer() {
        rig.stripe.answer = _ -> FakeStripe.error(400, "invalid_request_error", "Not a valid URL");
        assertThat(rig.open("ada", Defaults.SMALL, null)).isEqualTo(new Sale.Refused("Not a valid URL"));
        rig.stripe.answer = _ -> FakeStripe.error(400, "idempotency_error", "Keys are for one request");
        assertThat(rig.open("ada", Defaults.SMALL, "k")).isEqualTo(new Sale.KeyReused());
        rig.stripe.answer = _ -> FakeStripe.error(401, "invalid_request_error", "Invalid API Key");
        assertThat(rig.open("ada", Defaults.SMALL, null)).isEqualTo(new Sale.Unanswered(false));
        rig.stripe.answer = _ -> FakeStripe.error(500, "api_error", "Something went wrong");
        assertThat(rig.open("ada", Defaults.SMALL, null)).isEqualTo(new Sale.Unanswered(true));
        rig.stripe.answer = _ -> FakeStripe.ok(new JsonObject().put("id", "cs_1").put("object", "checkout.session"));
        assertThat(rig.open("ada", Defaults.SMALL, null)).as("a page without an address")
                .isEqualTo(new Sale.Unanswered(true));
        rig.stripe.silent = true;
        assertThat(rig.open("ada", Defaults.SMALL, null)).isEqualTo(new Sale.Unanswered(true));

        assertThat(rig.tables.number("select count(*) from purchases")).isZero();
        assertThat(rig.counted).containsExactly("refused", "refused", "unanswered", "unanswered", "unanswered",
                "unanswered");
    }

    /** Stripe forgets keys after a day: it would open, and begin, another one under the same key. */
    @Test
    void shouldNotBuyAgainUnderTheKeyOfAnotherDay() {
        rig.stripe.answer = asked -> FakeStripe.ok(FakeStripe.session("cs_1", asked));
        assertThat(rig.open("ada", Defaults.SMALL, "k")).isInstanceOf(Sale.Opened.class);
        JsonObject session = FakeStripe.session("cs_1", rig.stripe.asked().getFirst());
        rig.stripe.answer = asked -> FakeStripe.ok(FakeStripe.intent("pi_1", "requires_action", asked));
        assertThat(rig.buy("ada", Defaults.SMALL, "pm_card", "k")).isInstanceOf(Sale.Begun.class);
        JsonObject intent = FakeStripe.intent("pi_1", "succeeded", rig.stripe.asked().getLast());
        rig.tables.execute("update orders set ordered_at = ordered_at - interval '23 hours 1 minute'");
        rig.stripe.asked.clear();
        rig.stripe.answer = asked -> switch (asked.method() + " " + asked.path()) {
            case "GET /v1/checkout/sessions/cs_1" -> FakeStripe.ok(session);
            case "GET /v1/payment_intents/pi_1" -> FakeStripe.ok(intent);
            default -> FakeStripe.error(404, "invalid_request_error", "Not expected: " + asked);
        };

        assertThat(rig.buy("ada", Defaults.SMALL, "pm_card", "k"))
                .isEqualTo(new Sale.Begun("pi_1", "succeeded", "pi_1_secret", null, true));
        assertThat(rig.open("ada", Defaults.SMALL, "k")).isEqualTo(
                new Sale.Opened("cs_1", "open", "https://checkout.example/c/pay/cs_1", true));
        session.put("status", "expired").putNull("url");
        assertThat(rig.open("ada", Defaults.SMALL, "k")).isEqualTo(new Sale.Opened("cs_1", "expired", null, true));
        session.put("status", "complete");
        assertThat(rig.open("ada", Defaults.SMALL, "k")).isEqualTo(new Sale.Opened("cs_1", "processing", null, true));
        session.put("payment_status", "paid");
        assertThat(rig.open("ada", Defaults.SMALL, "k")).isEqualTo(new Sale.Opened("cs_1", "succeeded", null, true));
        assertThat(rig.open("ada", Defaults.LARGE, "k")).as("another pack").isEqualTo(new Sale.KeyReused());
        assertThat(rig.buy("ada", Defaults.LARGE, "pm_card", "k")).isEqualTo(new Sale.KeyReused());
        assertThat(rig.tables.number("select count(*) from purchases")).isEqualTo(2);
    }

    /** Whether anything came of it nobody knows: a new key is the buyer's own decision. */
    @Test
    void shouldNotAskAgainUnderTheKeyOfAnotherDayThatWasNeverAnswered() {
        rig.stripe.answer = _ -> FakeStripe.error(500, "api_error", "Something went wrong");
        assertThat(rig.open("ada", Defaults.SMALL, "k")).isEqualTo(new Sale.Unanswered(true));
        rig.tables.execute("update orders set ordered_at = ordered_at - interval '23 hours 1 minute'");
        rig.stripe.answer = this::opened;

        assertThat(rig.open("ada", Defaults.SMALL, "k")).isEqualTo(new Sale.KeyReused());
        assertThat(rig.open("ada", Defaults.SMALL, "k2")).isInstanceOf(Sale.Opened.class);
        assertThat(rig.stripe.asked()).hasSize(2);
    }

    @Test
    void shouldSellAllTheSameWhenItCannotBeWrittenDown() {
        rig.stripe.answer = asked -> {
            rig.tables.execute("alter table purchases rename to lost");
            return FakeStripe.ok(FakeStripe.session("cs_1", asked));
        };
        assertThat(rig.open("ada", Defaults.SMALL, "k")).isInstanceOf(Sale.Opened.class);
        assertThat(LaneRig.await(rig.till.sell(new Order(Defaults.SMALL, "ada", "ada", TillRig.PAGE, null))))
                .as("and nothing when it cannot be looked up").isEqualTo(new Sale.Unanswered(false));
        assertThat(rig.stripe.asked()).hasSize(1);
    }

    private Reply opened(Asked asked) {
        return FakeStripe.ok(FakeStripe.session("cs_" + ids.incrementAndGet(), asked));
    }

    private static Reply replayed(Reply reply) {
        return new Reply(reply.status(), reply.body(), true);
    }

    private static Map<String, String> form(Asked asked) {
        Map<String, String> form = new TreeMap<>();
        asked.form().forEach(form::put);
        return form;
    }
}
