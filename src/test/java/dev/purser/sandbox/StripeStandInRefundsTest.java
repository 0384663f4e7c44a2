package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Dispute;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.param.DisputeListParams;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.DisputeUpdateParams.Evidence;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;

import io.vertx.core.json.JsonObject;

/** Money that goes back: refunds, and what buyers' banks do. */
@Timeout(60)
class StripeStandInRefundsTest {

    private final StandInRig rig = new StandInRig();

    @AfterEach
    void stop() {
        assertThat(rig.forged()).isEmpty();
        rig.close();
    }

    @Test
    void shouldRefundInParts() throws StripeException {
        PaymentIntent intent = rig.pay("pm_card_visa");

        Refund first = refund(intent, 1_000L);
        assertThat(rig.about("refund.created").getString("id")).isEqualTo(first.getId());
        JsonObject part = rig.about("charge.refunded");
        Refund second = refund(intent, null);

        assertThat(first.getStatus()).isEqualTo("succeeded");
        assertThat(first.getMetadata()).containsEntry("ticket", "42");
        assertThat(second.getAmount()).isEqualTo(3_499);
        assertThat(part.getString("payment_intent")).isEqualTo(intent.getId());
        assertThat(part.getLong("amount")).isEqualTo(4_499);
        assertThat(part.getLong("amount_refunded")).isEqualTo(1_000);
        assertThat(part.getBoolean("refunded")).isFalse();
        assertThat(part.getJsonObject("metadata").getString("wallet_id")).isEqualTo("ada");
        JsonObject all = rig.about("charge.refunded", 2);
        assertThat(all.getLong("amount_refunded")).as("of both").isEqualTo(4_499);
        assertThat(all.getBoolean("refunded")).isTrue();
        assertThat(rig.about("refund.updated").getString("status")).isEqualTo("succeeded");
        assertThat(rig.about("charge.refund.updated").getString("object")).isEqualTo("refund");
        assertThat(rig.stripe.v1().refunds()
                .list(RefundListParams.builder().setPaymentIntent(intent.getId()).build()).getData())
                .extracting(Refund::getId).containsExactly(second.getId(), first.getId());
        assertThat(rig.stripe.v1().refunds()
                .list(RefundListParams.builder().setPaymentIntent("pi_none").build()).getData()).isEmpty();
        assertThat(rig.stripe.v1().refunds().retrieve(first.getId()).getCharge()).isEqualTo(intent.getLatestCharge());
    }

    @Test
    void shouldRefundNoMoreThanIsLeft() throws StripeException {
        PaymentIntent intent = rig.pay("pm_card_visa");
        assertThat(refund(intent, 4_000L).getAmount()).isEqualTo(4_000);

        assertThatThrownBy(() -> refund(intent, 500L)).isInstanceOfSatisfying(InvalidRequestException.class,
                refused -> assertThat(refused.getStripeError().getType()).isEqualTo("invalid_request_error"))
                .hasMessageContaining("greater than unrefunded amount");
        assertThat(refund(intent, 499L).getAmount()).isEqualTo(499);
        assertThatThrownBy(() -> refund(intent, null)).hasMessageContaining("charge_already_refunded");
        PaymentIntent unpaid = rig.pay("pm_card_authenticationRequired");
        assertThatThrownBy(() -> refund(unpaid, null)).hasMessageContaining("does not have a successful charge");
    }

    @Test
    void shouldRefundLater() throws StripeException {
        Refund waiting = refund(rig.pay("pm_card_pendingRefund"), null);

        assertThat(waiting.getStatus()).isEqualTo("pending");
        assertThat(rig.about("refund.created").getString("status")).isEqualTo("pending");
        assertThat(rig.about("charge.refunded").getLong("amount_refunded")).isEqualTo(4_499);
        assertThat(rig.about("refund.updated").getString("status")).isEqualTo("succeeded");
        assertThat(rig.stripe.v1().refunds().retrieve(waiting.getId()).getStatus()).isEqualTo("succeeded");
    }

    @Test
    void shouldFailToRefund() throws StripeException {
        PaymentIntent intent = rig.pay("pm_card_refundFail");
        Refund refund = refund(intent, 1_000L);

        assertThat(refund.getStatus()).isEqualTo("succeeded");
        JsonObject failed = rig.about("refund.failed");
        assertThat(failed.getString("id")).isEqualTo(refund.getId());
        assertThat(failed.getString("status")).isEqualTo("failed");
        assertThat(failed.getString("failure_reason")).isNotBlank();
        assertThat(rig.about("charge.refund.updated").getString("status")).isEqualTo("failed");
        assertThat(rig.stripe.v1().charges().retrieve(intent.getLatestCharge()).getAmountRefunded()).isZero();
    }

    @Test
    void shouldDisputeAndWin() throws StripeException {
        Dispute dispute = dispute("pm_card_createDispute");
        assertThat(dispute.getStatus()).isEqualTo("needs_response");
        assertThat(dispute.getId()).startsWith("dp_");
        assertThat(rig.about("charge.dispute.created").getString("id")).isEqualTo(dispute.getId());
        assertThat(rig.about("charge.dispute.funds_withdrawn").getLong("amount")).isEqualTo(4_499);
        assertThatThrownBy(() -> refund(rig.stripe.v1().paymentIntents().retrieve(dispute.getPaymentIntent()), null))
                .hasMessageContaining("charge_disputed");

        assertThat(submit(dispute, "winning_evidence").getStatus()).isEqualTo("under_review");

        assertThat(rig.about("charge.dispute.closed").getString("status")).isEqualTo("won");
        assertThat(rig.about("charge.dispute.funds_reinstated").getString("payment_intent"))
                .isEqualTo(dispute.getPaymentIntent());
        Dispute won = rig.stripe.v1().disputes().retrieve(dispute.getId());
        assertThat(won.getBalanceTransactions()).extracting(moved -> moved.getNet()).containsExactly(-5_999L, 5_999L);
        assertThatThrownBy(() -> rig.stripe.v1().disputes().close(dispute.getId()))
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining("already closed");
    }

    @Test
    void shouldDisputeAndLose() throws StripeException {
        Dispute first = dispute("pm_card_createDispute");
        Dispute second = dispute("pm_card_createDisputeProductNotReceived");
        assertThat(second.getReason()).isEqualTo("product_not_received");

        assertThat(submit(first, "losing_evidence").getStatus()).isEqualTo("under_review");
        assertThat(rig.about("charge.dispute.closed").getString("status")).isEqualTo("lost");
        assertThat(rig.stripe.v1().disputes().close(second.getId()).getStatus()).isEqualTo("lost");

        assertThat(rig.about("charge.dispute.closed", 2).getString("id")).isEqualTo(second.getId());
        assertThat(rig.all("charge.dispute.funds_reinstated")).isEmpty();
    }

    @Test
    void shouldInquireWithoutMovingMoney() throws StripeException {
        Dispute inquiry = dispute("pm_card_createDisputeInquiry");
        assertThat(inquiry.getStatus()).isEqualTo("warning_needs_response");
        assertThat(inquiry.getIsChargeRefundable()).isTrue();

        assertThat(rig.stripe.v1().disputes().close(inquiry.getId()).getStatus()).isEqualTo("warning_closed");

        assertThat(rig.about("charge.dispute.closed").getString("status")).isEqualTo("warning_closed");
        assertThat(rig.all("charge.dispute.funds_withdrawn")).isEmpty();
    }

    @Test
    void shouldEscalateAnInquiry() throws StripeException {
        Dispute inquiry = dispute("pm_card_createDisputeInquiry");

        assertThat(submit(inquiry, "escalate_inquiry_evidence").getStatus()).isEqualTo("warning_under_review");

        assertThat(rig.about("charge.dispute.funds_withdrawn").getString("status")).isEqualTo("needs_response");
    }

    @Test
    void shouldWarnOfFraud() throws StripeException {
        PaymentIntent intent = rig.pay("pm_card_createIssuerFraudRecord");

        JsonObject warning = rig.about("radar.early_fraud_warning.created");

        assertThat(warning.getString("charge")).isEqualTo(intent.getLatestCharge());
        assertThat(warning.getString("payment_intent")).isEqualTo(intent.getId());
        assertThat(warning.getBoolean("actionable")).isTrue();
        assertThat(rig.stripe.v1().radar().earlyFraudWarnings().retrieve(warning.getString("id")).getFraudType())
                .isEqualTo("made_with_stolen_card");
    }

    private Refund refund(PaymentIntent intent, @Nullable Long amount) throws StripeException {
        return rig.stripe.v1().refunds().create(RefundCreateParams.builder().setPaymentIntent(intent.getId())
                .setAmount(amount).setReason(RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER)
                .putMetadata("ticket", "42").build());
    }

    private Dispute dispute(String method) throws StripeException {
        int before = rig.all("charge.dispute.created").size();
        PaymentIntent intent = rig.pay(method);
        JsonObject told = rig.about("charge.dispute.created", before + 1);
        assertThat(told.getString("charge")).isEqualTo(intent.getLatestCharge());
        return rig.stripe.v1().disputes().list(DisputeListParams.builder().setPaymentIntent(intent.getId()).build())
                .getData().getFirst();
    }

    private Dispute submit(Dispute dispute, String evidence) throws StripeException {
        return rig.stripe.v1().disputes().update(dispute.getId(), DisputeUpdateParams.builder()
                .setEvidence(Evidence.builder().setUncategorizedText(evidence).build()).setSubmit(true).build());
    }
}
