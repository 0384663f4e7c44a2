package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.purser.support.CheckoutEvents;
import dev.purser.support.Defaults;
import dev.purser.wallet.Payment;

class CheckoutRulesTest {

    private static final String PAID = CheckoutEvents.completed("evt_1", "cs_1", "pi_1", "ada", Defaults.LARGE);

    private final StripeRules rules = new StripeRules(Defaults.CATALOG, false, id -> id.matches("[a-z]+"));

    @Test
    void shouldCreditWhatThePriceListSaysUnderThePaymentsId() {
        Verdict.Credit credit = new Verdict.Credit("ada",
                new Payment("pi_1", "large", 5_000, 250, 4_499, "usd", null));
        Verdict paid = new Verdict.Checkout("cs_1", "succeeded", "pi_1", credit);
        assertThat(judge(PAID)).isEqualTo(paid);
        assertThat(judge(PAID.replace("\"payment_status\":\"paid\"", "\"payment_status\":\"no_payment_required\"")))
                .isEqualTo(paid);
        assertThat(judge(CheckoutEvents.paidLater("evt_1", "cs_1", "pi_1", "ada", Defaults.LARGE))).isEqualTo(paid);
    }

    @Test
    void shouldSayWhoPaid() {
        String gift = PAID.replace("\"metadata\":{", "\"metadata\":{\"payer_id\":\"bob\",");
        assertThat(judge(gift)).isEqualTo(new Verdict.Checkout("cs_1", "succeeded", "pi_1", new Verdict.Credit("ada",
                new Payment("pi_1", "large", 5_000, 250, 4_499, "usd", "bob"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
            "\"amount_total\":4499      | \"amount_total\":4498",
            "\"amount_total\":4499      | \"amount_total\":4500",
            "\"amount_total\":4499      | \"amount_total\":0",
            "\"amount_total\":4499      | \"amount_total\":-4499",
            "\"amount_total\":4499      | \"amount_total\":4499.0",
            "\"amount_total\":4499      | \"amount_total\":\"4499\"",
            "\"amount_total\":4499      | \"amount_total\":null",
            "\"amount_total\":4499      | \"amount\":4499",
            "\"amount_total\":4499      | \"amount_total\":92233720368547758080",
            "\"currency\":\"usd\"       | \"currency\":\"jpy\"",
            "\"currency\":\"usd\"       | \"currency\":null",
            "\"livemode\":false         | \"livemode\":true",
            "\"payment_intent\":\"pi_1\" | \"payment_intent\":null",
            "\"payment_intent\":\"pi_1\" | \"payment_intent\":\"\"",
            "\"payment_intent\":\"pi_1\" | \"payment_intent\":{\"id\":7}",
            "\"payment_status\":\"paid\" | \"payment_status\":\"perhaps\"",
            "\"payment_status\":\"paid\" | \"payment_status\":null",
            "\"pack_id\":\"large\"      | \"pack_id\":\"small\"",
            "\"pack_id\":\"large\"      | \"pack_id\":\"huge\"",
            "\"pack_id\":\"large\"      | \"pack\":\"large\"",
            "\"wallet_id\":\"ada\"      | \"wallet_id\":\"Ada Lovelace\"",
            "\"wallet_id\":\"ada\"      | \"wallet_id\":7",
            "\"wallet_id\":\"ada\"      | \"payer_id\":\"N O\",\"wallet_id\":\"ada\"",
            "\"id\":\"cs_1\"            | \"id\":null"})
    void shouldCreditNothingUnlessAllOfItIsRight(String right, String wrong) {
        for (String event : List.of(PAID,
                CheckoutEvents.paidLater("evt_1", "cs_1", "pi_1", "ada", Defaults.LARGE))) {
            assertThat(event).contains(right);
            assertThat(judge(event.replace(right, wrong))).isInstanceOfSatisfying(Verdict.Park.class,
                    park -> assertThat(park.reason()).startsWith("Expected "));
        }
    }

    @Test
    void shouldNoteHowACheckoutStandsThatIsNotPaid() {
        assertThat(judge(CheckoutEvents.unpaid("evt_1", "cs_1", "pi_1", "ada", Defaults.LARGE)))
                .isEqualTo(new Verdict.Checkout("cs_1", "processing", "pi_1", null));
        assertThat(judge(CheckoutEvents.failedLater("evt_1", "cs_1", "pi_1", "ada", Defaults.LARGE)))
                .isEqualTo(new Verdict.Checkout("cs_1", "failed", "pi_1", null));
        assertThat(judge(CheckoutEvents.expired("evt_1", "cs_1", "ada", Defaults.LARGE)))
                .isEqualTo(new Verdict.Checkout("cs_1", "expired", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "async_payment_succeeded", "async_payment_failed", "expired"})
    void shouldLeaveOthersCheckoutsAlone(String type) {
        String event = PAID.replace("checkout.session.completed", "checkout.session." + type);
        assertThat(judge(event.replaceAll("\"metadata\":\\{[^}]*}", "\"metadata\":{}")))
                .isEqualTo(new Verdict.Ignore());
        assertThat(judge(event.replaceAll("\"metadata\":\\{[^}]*}", "\"metadata\":null")))
                .isEqualTo(new Verdict.Ignore());
    }

    @Test
    void shouldNoteWhosePaymentWasDeclined() {
        String declined = """
                {"id":"evt_1","type":"payment_intent.payment_failed","livemode":false,"data":{"object":{"id":"pi_1",\
                "status":"requires_payment_method","metadata":{"wallet_id":"ada","pack_id":"small"}}}}""";
        Verdict.Note note = new Verdict.Note("pi_1", "requires_payment_method");
        assertThat(judge(declined)).isEqualTo(new Verdict.Declined(note, "ada"));
        assertThat(judge(declined.replace("\"pack_id\"", "\"payer_id\":\"bob\",\"pack_id\"")))
                .isEqualTo(new Verdict.Declined(note, "bob"));
        assertThat(judge(declined.replace("wallet_id", "order"))).isEqualTo(new Verdict.Ignore());
    }

    private Verdict judge(String event) {
        return rules.judge(StripeEvent.read(event.getBytes(StandardCharsets.UTF_8)).orElseThrow());
    }
}
