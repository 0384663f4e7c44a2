package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.purser.support.Defaults;
import dev.purser.support.StripeEvents;
import dev.purser.wallet.Payment;

class StripeRulesTest {

    private final StripeRules rules = new StripeRules(Defaults.CATALOG, false, id -> id.matches("[a-z]+"));

    @Test
    void shouldCreditWhatThePriceListSays() {
        assertThat(judge(StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.LARGE))).isEqualTo(new Verdict.Credit("ada",
                new Payment("pi_1", "large", 5_000, 250, 4_499, "usd", null)));
    }

    @Test
    void shouldSayWhoPaidUnlessItWasTheOwner() {
        String gift = StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.SMALL).replace("\"metadata\":{",
                "\"metadata\":{\"payer_id\":\"bob\",");
        assertThat(judge(gift)).isEqualTo(new Verdict.Credit("ada",
                new Payment("pi_1", "small", 500, 0, 499, "usd", "bob")));
        assertThat(judge(gift.replace("bob", "ada"))).isEqualTo(new Verdict.Credit("ada",
                new Payment("pi_1", "small", 500, 0, 499, "usd", null)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
            "\"amount\":4499            | \"amount\":4498",
            "\"amount\":4499            | \"amount\":4499.0",
            "\"amount\":4499            | \"amount\":\"4499\"",
            "\"amount\":4499            | \"amount\":92233720368547758080",
            "\"amount_received\":4499   | \"amount_received\":4400",
            "\"amount_received\":4499   | \"amount_received\":-4499",
            "\"currency\":\"usd\"       | \"currency\":\"jpy\"",
            "\"currency\":\"usd\"       | \"currency\":null",
            "\"livemode\":false         | \"livemode\":true",
            "\"pack_id\":\"large\"      | \"pack_id\":\"small\"",
            "\"pack_id\":\"large\"      | \"pack_id\":\"huge\"",
            "\"pack_id\":\"large\"      | \"pack\":\"large\"",
            "\"wallet_id\":\"ada\"      | \"wallet_id\":\"Ada Lovelace\"",
            "\"wallet_id\":\"ada\"      | \"wallet_id\":7",
            "\"id\":\"pi_1\"            | \"id\":null"})
    void shouldCreditNothingUnlessAllOfItIsRight(String right, String wrong) {
        String event = StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.LARGE);
        assertThat(event).contains(right);
        assertThat(judge(event.replace(right, wrong))).isInstanceOf(Verdict.Park.class);
    }

    @Test
    void shouldLeaveOthersPaymentsAlone() {
        assertThat(judge(StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.LARGE).replaceAll("\"metadata\":\\{[^}]*}",
                "\"metadata\":{\"order\":\"7\"}"))).isEqualTo(new Verdict.Ignore());
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment_intent.processing", "payment_intent.payment_failed", "payment_intent.canceled",
            "payment_intent.requires_action"})
    void shouldNoteHowAPaymentStandsAndCreditNothingBeforeItIsPaid(String type) {
        String event = StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.LARGE)
                .replace("payment_intent.succeeded", type).replace("\"status\":\"succeeded\"", "\"status\":\"any\"");
        Verdict.Note note = new Verdict.Note("pi_1", "any");
        assertThat(judge(event)).isEqualTo(
                type.equals("payment_intent.payment_failed") ? new Verdict.Declined(note, "ada") : note);
        assertThat(judge(event.replace("wallet_id", "order"))).isEqualTo(new Verdict.Ignore());
        assertThat(judge(event.replace(type, "customer.created"))).isEqualTo(new Verdict.Ignore());
    }

    @ParameterizedTest
    @ValueSource(strings = {"charge.refunded", "refund.created", "charge.dispute.created"})
    void shouldShowAPersonWhatItCannotDoByItself(String type) {
        assertThat(judge(
                StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.LARGE).replace("payment_intent.succeeded", type)))
                .isInstanceOf(Verdict.Park.class);
    }

    private Verdict judge(String event) {
        return rules.judge(StripeEvent.read(event.getBytes(StandardCharsets.UTF_8)).orElseThrow());
    }
}
