package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.Collections;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.stripe.param.RefundCreateParams;

import dev.purser.sandbox.StripeFaults;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.support.LawChecker;
import dev.purser.journal.WebhookEvents.Told;
import dev.purser.support.StripeEvents;

/** What is told in vain, or never told, is mended. */
@Timeout(120)
class StripeGapsTest {

    private static final StripeFaults ALL_LOST = StripeFaults.seeded(7).lost(100);

    private ShopRig rig = ShopRig.listening(false);

    @AfterEach
    void obeyTheLaws() {
        LawChecker.check(rig.tables);
        LawChecker.checkMoneyIsFollowed(rig.tables);
        rig.close();
    }

    @Test
    void shouldFetchWhatNeverCame() {
        rig.stripe.faults(ALL_LOST);
        rig.buy("ada", Defaults.LARGE, "pm_card_visa");
        rig.buy("bob", Defaults.SMALL, "pm_card_chargeDeclined");
        rig.buy("eve", Defaults.SMALL, "pm_card_createDispute");
        refund(rig.buy("kim", Defaults.SMALL, "pm_card_visa"), 99);
        assertThat(rig.tables.number("select count(*) from webhook_events")).isZero();

        // Of a dispute one thing after the other is told; at last there is nothing left to fetch.
        await().until(() -> {
            int before = rig.healed().size();
            mend();
            return rig.tables.number("select count(*) from payments where disputed = 500") == 1
                    && rig.healed().size() == before;
        });

        assertThat(rig.lane.look("ada").balance()).isEqualTo(5_250);
        assertThat(rig.lane.look("bob").version()).isZero();
        assertThat(rig.lane.look("eve").balance()).isZero();
        assertThat(rig.lane.look("kim").balance()).isEqualTo(401);
        assertThat(Collections.frequency(rig.healed(), "credited")).isEqualTo(3);
    }

    @Test
    void shouldFetchPageAfterPage() {
        rig.stripe.faults(ALL_LOST);
        for (int i = 0; i < 130; i++) {
            rig.buy("w" + i, Defaults.SMALL, "pm_card_visa");
        }

        mend();

        assertThat(rig.tables.number("select count(*) from payments")).isEqualTo(130);
        assertThat(rig.tables.number("select count(*) from wallets where balance = 500")).isEqualTo(130);
    }

    @Test
    void shouldLeaveAloneWhatHasCome() {
        rig.buy("ada", Defaults.LARGE, "pm_card_visa");
        await().until(() -> rig.tables.number("select count(*) from webhook_events where outcome = 'credited'") == 1);
        rig.tables.execute("update purchases set pending = false");

        mend();

        assertThat(rig.healed()).isEmpty();
        assertThat(rig.tables.number("select sum(attempts) from webhook_events")).isOne();
    }

    @Test
    void shouldAskAgainOnlyForWhatIsNew() {
        mend();
        assertThat(rig.tables.number("select count(*) from webhook_marks where heard_until > now() + interval '3 min'"))
                .isOne();
        rig.stripe.faults(ALL_LOST);
        rig.buy("ada", Defaults.LARGE, "pm_card_visa");

        mend();

        assertThat(rig.lane.look("ada").balance()).as("what overlaps is asked for again").isEqualTo(5_250);
    }

    @Test
    void shouldCarryOutWhatWasOnlyKept() {
        String event = StripeEvents.paid("evt_kept", "pi_kept", "ada", Defaults.SMALL);
        LaneRig.await(rig.payments.events().keep("stripe",
                new Told("evt_kept", "payment_intent.succeeded", event, null, null)));
        mend();
        assertThat(rig.lane.look("ada").balance()).as("it may be under way").isZero();
        rig.tables.execute("update webhook_events set received_at = now() - interval '2 minutes'");

        mend();

        assertThat(rig.lane.look("ada").balance()).isEqualTo(500);
        assertThat(rig.healed()).containsExactly("credited");
    }

    @Test
    void shouldLookUpAPurchaseOfWhichNothingIsHeard() {
        rig.tables.execute("insert into webhook_marks values ('stripe', now() + interval '1 day')");
        rig.stripe.faults(ALL_LOST);
        String paid = rig.buy("ada", Defaults.SMALL, "pm_card_visa");
        String waiting = rig.buy("ada", Defaults.SMALL, "pm_card_authenticationRequired");

        mend();

        assertThat(rig.lane.look("ada").balance()).isEqualTo(500);
        assertThat(rig.healed()).containsExactlyInAnyOrder("credited", "noted");
        assertThat(rig.tables.number("select count(*) from purchases where pending and id = '" + waiting + "'"))
                .isOne();
        assertThat(rig.tables.number("select count(*) from purchases where not pending and id = '" + paid + "'"))
                .isOne();
        mend();
        assertThat(rig.healed()).as("nothing is new").hasSize(2);
    }

    @Test
    void shouldBeDoneByTheNodeThatOwnsIt() {
        rig.stripe.faults(ALL_LOST);
        rig.buy("ada", Defaults.SMALL, "pm_card_visa");

        LaneRig.await(rig.gaps(_ -> false).round());

        assertThat(rig.lane.look("ada").balance()).isZero();
    }

    @Test
    void shouldForgetNothingWhenStripeIsAway() {
        rig.stripe.faults(ALL_LOST);
        rig.buy("ada", Defaults.SMALL, "pm_card_visa");
        rig.stripe.faults(ALL_LOST.failing(100));

        assertThatThrownBy(this::mend).isInstanceOf(AssertionError.class);

        assertThat(rig.tables.number("select count(*) from webhook_marks")).isZero();
        rig.stripe.faults(ALL_LOST);
        mend();
        assertThat(rig.lane.look("ada").balance()).isEqualTo(500);
    }

    /** One wallet out of reach, and all that is behind its events is mended all the same. */
    @Test
    void shouldLeaveNothingUndoneForOneThatCannotBeCarriedOut() {
        rig.outOfReach.add("eve");
        String event = StripeEvents.paid("evt_kept", "pi_kept", "eve", Defaults.SMALL);
        LaneRig.await(rig.payments.events().keep("stripe",
                new Told("evt_kept", "payment_intent.succeeded", event, null, null)));
        rig.tables.execute("update webhook_events set received_at = now() - interval '2 minutes'");
        rig.stripe.faults(ALL_LOST);
        rig.buy("eve", Defaults.SMALL, "pm_card_visa");
        rig.buy("ada", Defaults.LARGE, "pm_card_visa");

        assertThatThrownBy(this::mend).isInstanceOf(AssertionError.class);

        assertThat(rig.lane.look("ada").balance()).isEqualTo(5_250);
        assertThat(rig.tables.number("select count(*) from webhook_marks")).as("what is kept need not be fetched again")
                .isOne();
        assertThat(
                rig.tables.number("select count(*) from purchases where wallet_id = 'eve' and looked_at > created_at"))
                .as("it was looked up").isOne();
        rig.outOfReach.clear();
        rig.tables.execute("update webhook_events set received_at = now() - interval '2 minutes'");
        mend();
        assertThat(rig.lane.look("eve").balance()).isEqualTo(1_000);
    }

    @Test
    void shouldShowAPersonAPaymentThatMayBeFraud() {
        rig.buy("ada", Defaults.SMALL, "pm_card_createIssuerFraudRecord");

        await().until(() -> rig.tables.number("select count(*) from webhook_events where outcome = 'parked'"
                + " and reason like '%may be fraud%'") == 1);
        assertThat(rig.lane.look("ada").balance()).isEqualTo(500);
    }

    @Test
    void shouldRefundAPaymentThatMayBeFraudIfToldTo() {
        rig.close();
        rig = ShopRig.listening(true);
        rig.buy("ada", Defaults.SMALL, "pm_card_createIssuerFraudRecord");

        await().until(() -> rig.tables.number("select count(*) from payments where refunded = 500") == 1);
        assertThat(rig.lane.look("ada").balance()).isZero();
    }

    /** The warning comes first, or the payment's own event was lost until now. */
    @Test
    void shouldHeedAWarningThatCameBeforeItsPayment() {
        assertThat(rig.tell(warning("pi_1"))).isEqualTo("ignored");
        assertThat(rig.tell(StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.SMALL))).isEqualTo("credited");

        assertThat(rig.tables.number("select count(*) from webhook_events where event_id = 'evt_warning'"
                + " and outcome = 'parked' and reason like '%pi_1, credited to ada, may be fraud%'")).isOne();
    }

    @Test
    void shouldShowAPersonAWarningThatStripeDoesNotRefund() {
        rig.close();
        rig = ShopRig.listening(true);
        assertThat(rig.tell(StripeEvents.paid("evt_1", "pi_elsewhere", "ada", Defaults.SMALL))).isEqualTo("credited");

        assertThat(rig.tell(warning("pi_elsewhere"))).isEqualTo("parked");

        assertThat(rig.tables.number("select count(*) from webhook_events where outcome = 'parked'"
                + " and reason like '%pi_elsewhere%No such payment_intent%'")).isOne();
    }

    @Test
    void shouldTryAgainToRefundWhenStripeIsAway() {
        rig.close();
        rig = ShopRig.listening(true);
        assertThat(rig.tell(StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.SMALL))).isEqualTo("credited");
        rig.stripe.faults(StripeFaults.seeded(7).failing(100));

        assertThat(rig.tell(warning("pi_1"))).isEqualTo("failed");
    }

    @Test
    void shouldNotWarnOfWhatIsRefundedAlready() {
        assertThat(rig.tell(StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.SMALL))).isEqualTo("credited");
        assertThat(rig.tell(warning("pi_1"))).isEqualTo("parked");
        assertThat(rig.tell(StripeEvents.refund("refund.created", "re_1", "pi_1", 499, "succeeded", 7)))
                .isEqualTo("reversed");

        assertThat(LaneRig.await(rig.inbox().replay("evt_warning"))).contains("noted");
        assertThat(rig.tables.number("select count(*) from webhook_events where outcome = 'parked'")).isZero();
    }

    private static String warning(String paymentId) {
        return """
                {"id":"evt_warning","type":"radar.early_fraud_warning.created","livemode":false,"data":{"object":{\
                "id":"issfr_1","charge":"ch_1","payment_intent":"%s","actionable":true}}}""".formatted(paymentId);
    }

    @Test
    void shouldLookAnewAtAnEventWhenAPersonAsks() {
        String event = StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.SMALL);
        LaneRig.await(
                rig.payments.events().keep("stripe", new Told("evt_1", "payment_intent.succeeded", event, null, null)));

        assertThat(LaneRig.await(rig.inbox().replay("evt_1"))).contains("credited");
        assertThat(LaneRig.await(rig.inbox().replay("evt_1"))).contains("credited");

        assertThat(rig.lane.look("ada").version()).as("carried out once").isOne();
        assertThat(LaneRig.await(rig.inbox().replay("evt_2"))).isEmpty();
    }

    private void refund(String paymentId, long cents) {
        LaneRig.await(rig.calls.ask(stripe -> stripe.refunds().create(
                RefundCreateParams.builder().setPaymentIntent(paymentId).setAmount(cents).build())));
    }

    private void mend() {
        LaneRig.await(rig.gaps(_ -> true).round());
    }
}
