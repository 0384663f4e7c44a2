package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Transfer;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.TransferCreateParams;

import io.vertx.core.json.JsonObject;

/** Payments, transfers, and how events come, by Stripe's own library. */
@Timeout(60)
class StripeStandInTest {

    private final StandInRig rig = new StandInRig();

    @AfterEach
    void stop() {
        assertThat(rig.forged()).isEmpty();
        rig.close();
    }

    @Test
    void shouldCharge() throws StripeException {
        PaymentIntent intent = rig.pay("pm_card_visa");

        assertThat(intent.getStatus()).isEqualTo("succeeded");
        assertThat(intent.getLatestCharge()).startsWith("ch_");
        JsonObject told = rig.about("payment_intent.succeeded");
        assertThat(told.getString("id")).isEqualTo(intent.getId());
        assertThat(told.getLong("amount_received")).isEqualTo(4_499);
        assertThat(told.getJsonObject("metadata").getString("wallet_id")).isEqualTo("ada");
        assertThat(rig.stripe.v1().paymentIntents().retrieve(intent.getId())).isEqualTo(intent);
        assertThat(rig.stripe.v1().charges().retrieve(intent.getLatestCharge()).getPaymentIntent())
                .isEqualTo(intent.getId());
    }

    @Test
    void shouldSendEventsThatStripesLibraryReads() throws StripeException {
        PaymentIntent intent = rig.pay("pm_card_visa");
        assertThat(rig.about("payment_intent.succeeded").getString("id")).isEqualTo(intent.getId());
        Event event = rig.received().getFirst();

        assertThat(event.getId()).startsWith("evt_");
        assertThat(event.getLivemode()).isFalse();
        assertThat(event.getCreated()).isCloseTo(System.currentTimeMillis() / 1_000,
                org.assertj.core.data.Offset.offset(60L));
        assertThat(event.getDataObjectDeserializer().getObject()).as("of the library's own version")
                .containsInstanceOf(PaymentIntent.class);
    }

    @ParameterizedTest
    @CsvSource({"pm_card_chargeDeclined, card_declined, generic_decline",
            "pm_card_chargeDeclinedInsufficientFunds, card_declined, insufficient_funds",
            "pm_card_chargeDeclinedExpiredCard, expired_card, "})
    void shouldDecline(String method, String code, String declineCode) {
        assertThatThrownBy(() -> rig.pay(method)).isInstanceOfSatisfying(CardException.class, declined -> {
            assertThat(declined.getCode()).isEqualTo(code);
            assertThat(declined.getDeclineCode()).isEqualTo(declineCode);
            assertThat(declined.getStripeError().getPaymentIntent().getStatus()).isEqualTo("requires_payment_method");
        });
        assertThat(rig.about("payment_intent.payment_failed").getJsonObject("last_payment_error").getString("code"))
                .isEqualTo(code);
    }

    @Test
    void shouldAskTheBuyersBank() throws Exception {
        PaymentIntent asked = rig.pay("pm_card_threeDSecure2Required");
        assertThat(asked.getStatus()).isEqualTo("requires_action");
        assertThat(rig.about("payment_intent.requires_action").getJsonObject("next_action")).isNotNull();

        assertThat(authenticate(asked, Map.of())).isEqualTo(200);

        assertThat(rig.about("payment_intent.succeeded").getString("id")).isEqualTo(asked.getId());
        assertThat(authenticate(asked, Map.of())).as("once").isEqualTo(400);
    }

    @Test
    void shouldNotChargeWhomTheBankDoesNotKnow() throws Exception {
        PaymentIntent asked = rig.pay("pm_card_threeDSecure2Required");

        assertThat(authenticate(asked, Map.of("outcome", "fail"))).isEqualTo(200);

        JsonObject failed = rig.about("payment_intent.payment_failed");
        assertThat(failed.getString("status")).isEqualTo("requires_payment_method");
        assertThat(failed.getJsonObject("last_payment_error").getString("code"))
                .isEqualTo("payment_intent_authentication_failure");
        PaymentIntent declined = rig.pay("pm_card_threeDSecureRequiredChargeDeclined");
        assertThat(authenticate(declined, Map.of())).isEqualTo(200);
        assertThat(rig.about("payment_intent.payment_failed", 2).getJsonObject("last_payment_error")
                .getString("decline_code")).isEqualTo("generic_decline");
    }

    private int authenticate(PaymentIntent intent, Map<String, String> form) throws Exception {
        return rig.post("/v1/payment_intents/" + intent.getId() + "/authenticate", form).statusCode();
    }

    @Test
    void shouldTakeAWhileToDebitABank() throws StripeException {
        assertThat(rig.pay("pm_usBankAccount_success").getStatus()).isEqualTo("processing");
        assertThat(rig.about("payment_intent.succeeded").getString("latest_charge")).isNotBlank();
        assertThat(rig.pay("pm_usBankAccount_insufficientFunds").getStatus()).isEqualTo("processing");
        assertThat(rig.about("payment_intent.payment_failed").getString("latest_charge")).isNull();
        assertThat(rig.pay("pm_usBankAccount_processing").getStatus()).isEqualTo("processing");
        assertThat(rig.about("payment_intent.processing", 3).getString("payment_method"))
                .isEqualTo("pm_usBankAccount_processing");
    }

    @Test
    void shouldConfirmLaterAndCancel() throws StripeException {
        var intents = rig.stripe.v1().paymentIntents();
        PaymentIntent intent = intents
                .create(PaymentIntentCreateParams.builder().setAmount(499L).setCurrency("usd").build());
        assertThat(intent.getStatus()).isEqualTo("requires_payment_method");
        PaymentIntent other = rig.pay("pm_card_authenticationRequired");

        assertThat(intents.confirm(intent.getId(), com.stripe.param.PaymentIntentConfirmParams.builder()
                .setPaymentMethod("pm_card_visa").build()).getStatus()).isEqualTo("succeeded");
        assertThat(intents.cancel(other.getId()).getStatus()).isEqualTo("canceled");

        assertThat(rig.about("payment_intent.canceled").getString("id")).isEqualTo(other.getId());
        assertThatThrownBy(() -> intents.cancel(intent.getId())).isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("payment_intent_unexpected_state");
    }

    @Test
    void shouldRefuseWhatStripeRefuses() {
        assertThatThrownBy(() -> rig.pay("pm_none")).isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("No such PaymentMethod: 'pm_none'");
        assertThatThrownBy(() -> rig.pay("pm_card_visa", 0, null)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> rig.stripe.v1().paymentIntents().retrieve("pi_none"))
                .isInstanceOfSatisfying(InvalidRequestException.class, missing -> {
                    assertThat(missing.getStatusCode()).isEqualTo(404);
                    assertThat(missing.getCode()).isEqualTo("resource_missing");
                });
        assertThatThrownBy(() -> rig.stripe.v1().paymentIntents().create(PaymentIntentCreateParams.builder()
                .setAmount(499L).setCurrency("usd").addPaymentMethodType("card").build()))
                .hasMessageContaining("payment_method_types_no_longer_supported");
        StripeClient stranger = StripeClient.builder().setApiKey("sk_test_other").setApiBase(rig.standIn.url()).build();
        assertThatThrownBy(() -> stranger.v1().events().list()).isInstanceOf(AuthenticationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1/unheard_of", "/v1/payment_intents/pi_1/unheard_of", "/sandbox"})
    void shouldKnowNothingElse(String path) throws Exception {
        assertThat(rig.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldNotReadWhatIsTooLong() throws Exception {
        assertThatThrownBy(() -> rig.post("/v1/payment_intents", Map.of("metadata[a]", "a".repeat(100_000))))
                .isInstanceOf(java.io.IOException.class);

        assertThat(rig.pay("pm_card_visa").getStatus()).isEqualTo("succeeded");
    }

    @Test
    void shouldTransferToConnectedAccounts() throws StripeException {
        TransferCreateParams.Builder payout = TransferCreateParams.builder().setAmount(1_250L).setCurrency("usd")
                .setTransferGroup("payout_1").putMetadata("creator", "carol");

        Transfer made = rig.stripe.v1().transfers().create(payout.setDestination("acct_carol").build());

        assertThat(made.getId()).startsWith("tr_");
        assertThat(rig.stripe.v1().transfers().retrieve(made.getId())).isEqualTo(made);
        assertThat(made.getDestination()).isEqualTo("acct_carol");
        assertThat(made.getTransferGroup()).isEqualTo("payout_1");
        assertThat(made.getMetadata()).containsEntry("creator", "carol");
        assertThat(rig.about("transfer.created").getLong("amount")).isEqualTo(1_250);
        assertThatThrownBy(
                () -> rig.stripe.v1().transfers().create(payout.setDestination("acct_invalid").build()))
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining("No such destination");
    }

    @Test
    void shouldSendAgainWhatIsNotAnsweredWell() throws StripeException {
        rig.refuse(2);
        PaymentIntent intent = rig.pay("pm_card_visa");

        assertThat(rig.about("payment_intent.succeeded").getString("id")).isEqualTo(intent.getId());
        await().during(java.time.Duration.ofMillis(300)).until(() -> rig.received().size() == 1);
    }
}
