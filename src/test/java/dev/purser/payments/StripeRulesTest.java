package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.purser.catalog.Catalog;
import dev.purser.journal.MoneyBack;
import dev.purser.journal.MoneyBack.DisputeState;
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
            "\"pack_id\":\"large\"      | \"pack_id\":\"large\",\"tokens\":\"4000\"",
            "\"pack_id\":\"large\"      | \"pack_id\":\"large\",\"tokens\":\"5000\",\"bonus_tokens\":\"0\"",
            "\"livemode\":false         | \"livemode\":false,\"account\":\"acct_1\"",
            "\"metadata\":{             | \"metadata_of\":{",
            "\"id\":\"pi_1\"            | \"id\":null"})
    void shouldCreditNothingUnlessAllOfItIsRight(String right, String wrong) {
        String event = StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.LARGE);
        assertThat(event).contains(right);
        assertThat(judge(event.replace(right, wrong))).isInstanceOf(Verdict.Park.class);
    }

    @Test
    void shouldCreditWhatWasPromisedWhenItWasBegun() {
        String event = StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.LARGE);
        assertThat(judge(event.replace("\"pack_id\"", "\"tokens\":\"5000\",\"bonus_tokens\":\"250\",\"pack_id\"")))
                .isInstanceOf(Verdict.Credit.class);
    }

    @Test
    void shouldCreditNoMoreThanOnePurchaseMayBring() {
        StripeRules strict = new StripeRules(new Catalog(5_249, List.of(Defaults.LARGE)), false, _ -> true);
        assertThat(strict.judge(read(StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.LARGE))))
                .isEqualTo(new Verdict.Park("Expected at most 5249 tokens, but the pack has 5250"));
    }

    /** A creator has an account at Stripe, too, may write there what it likes, and pay itself. */
    @Test
    void shouldHeedNothingThatHappensOnConnectedAccounts() {
        String paid = StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.LARGE);
        for (String event : List.of(paid.replace("succeeded", "payment_failed"),
                paid.replace("succeeded", "processing"),
                paid.replace("wallet_id", "order").replace("pack_id", "item"),
                StripeEvents.refund("refund.created", "re_1", "pi_1", 100, "succeeded", 7),
                StripeEvents.dispute("created", "dp_1", "pi_1", 499, "needs_response", 5, 7))) {
            assertThat(judge(event.replace("\"livemode\"", "\"account\":\"acct_1\",\"livemode\""))).as(event)
                    .isEqualTo(new Verdict.Ignore());
        }
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
        assertThat(judge(event.replace("\"status\":\"any\"", "\"state\":\"any\""))).isInstanceOf(Verdict.Park.class);
        assertThat(judge(event.replace("\"id\":\"pi_1\"", "\"id\":7"))).isInstanceOf(Verdict.Park.class);
        assertThat(judge(event.replace(type, "customer.created"))).isEqualTo(new Verdict.Ignore());
    }

    @ParameterizedTest
    @CsvSource({"refund.created,pending,false", "refund.created,succeeded,false",
            "refund.updated,requires_action,false",
            "refund.updated,canceled,true", "refund.failed,failed,true", "charge.refund.updated,failed,true"})
    void shouldHearOfARefund(String type, String status, boolean failed) {
        assertThat(judge(StripeEvents.refund(type, "re_1", "pi_1", 100, status, 7)))
                .isEqualTo(new Verdict.MoneyWentBack(
                        new MoneyBack.Refund("re_1", "pi_1", 100, "usd", failed, Instant.ofEpochSecond(7))));
    }

    @Test
    void shouldHearHowMuchOfAChargeIsRefunded() {
        assertThat(judge(StripeEvents.refundedSoFar("pi_1", 300, 7))).isEqualTo(new Verdict.MoneyWentBack(
                new MoneyBack.RefundedSoFar("pi_1", 300, "usd", Instant.ofEpochSecond(7))));
    }

    @ParameterizedTest
    @CsvSource({"created,needs_response,OPEN,5", "created,warning_needs_response,OPEN,5", "updated,under_review,OPEN,5",
            "updated,won,ENDED,7", "funds_withdrawn,needs_response,WITHDRAWN,7", "funds_reinstated,won,ENDED,7",
            "closed,won,ENDED,7", "closed,lost,LOST,7", "closed,warning_closed,ENDED,7", "closed,prevented,ENDED,7"})
    void shouldHearOfADispute(String type, String status, DisputeState state, long toldAt) {
        assertThat(judge(StripeEvents.dispute(type, "dp_1", "pi_1", 499, status, 5, 7)))
                .isEqualTo(new Verdict.MoneyWentBack(
                        new MoneyBack.Dispute("dp_1", "pi_1", 499, "usd", state, Instant.ofEpochSecond(toldAt))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {"\"id\":\"re_1\" | \"id\":null",
            "\"payment_intent\":\"pi_1\" | \"payment\":\"pi_1\"", "\"payment_intent\":\"pi_1\" | \"payment_intent\":7",
            "\"amount\":100 | \"amount\":-100", "\"amount\":100 | \"amount\":100.5",
            "\"amount\":100 | \"amount\":9223372036854775807", "\"currency\":\"usd\" | \"currency\":null",
            "\"status\":\"succeeded\" | \"status\":null"})
    void shouldShowAPersonWhatItDoesNotUnderstand(String right, String wrong) {
        String event = StripeEvents.refund("refund.created", "re_1", "pi_1", 100, "succeeded", 7);
        assertThat(event).contains(right);
        assertThat(judge(event.replace(right, wrong))).isInstanceOf(Verdict.Park.class);
    }

    @Test
    void shouldAskStripeForAllThatItUnderstands() {
        assertThat(StripeRules.TYPES).hasSizeLessThanOrEqualTo(20).doesNotHaveDuplicates()
                .allSatisfy(type -> assertThat(
                        judge(StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.LARGE)
                                .replace("payment_intent.succeeded", type)
                                .replace("\"status\":\"succeeded\"",
                                        "\"status\":\"any\",\"payment_status\":\"unpaid\",\"payment_intent\":\"pi_1\"")))
                        .isNotInstanceOf(Verdict.Ignore.class));
    }

    @Test
    void shouldHearAWarningThatCanBeActedOn() {
        String warning = """
                {"id":"evt_1","type":"radar.early_fraud_warning.created","livemode":false,"data":{"object":{"id":"issfr_1",\
                "charge":"ch_1","payment_intent":"pi_1","actionable":true}}}""";
        assertThat(judge(warning)).isEqualTo(new Verdict.Warned("pi_1"));
        assertThat(judge(warning.replace("true", "false"))).isEqualTo(new Verdict.Ignore());
        assertThat(judge(warning.replace("\"pi_1\"", "null"))).isEqualTo(new Verdict.Ignore());
        assertThat(judge(warning.replace("payment_intent", "intent"))).isInstanceOf(Verdict.Park.class);
    }

    @Test
    void shouldLeaveAloneWhatWasNotPaidByAnIntent() {
        assertThat(judge(StripeEvents.refund("refund.created", "re_1", "pi_1", 100, "succeeded", 7)
                .replace("\"payment_intent\":\"pi_1\"", "\"payment_intent\":null"))).isEqualTo(new Verdict.Ignore());
    }

    private Verdict judge(String event) {
        return rules.judge(read(event));
    }

    private static StripeEvent read(String event) {
        return StripeEvent.read(event.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
