package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.param.EventListParams;
import com.stripe.param.RefundCreateParams;

import io.vertx.core.json.JsonObject;

/** What goes wrong because it is told to, and the keys that make it good again. */
@Timeout(60)
class StripeStandInFaultsTest {

    private final StandInRig rig = new StandInRig();

    @AfterEach
    void stop() {
        assertThat(rig.forged()).isEmpty();
        rig.close();
    }

    @Test
    void shouldSendTwice() throws StripeException {
        rig.standIn.faults(StripeFaults.seeded(1).duplicated(100));
        PaymentIntent intent = rig.pay("pm_card_visa");

        assertThat(rig.about("payment_intent.succeeded", 2).getString("id")).isEqualTo(intent.getId());
        assertThat(rig.received()).extracting(Event::getId).hasSize(2).containsOnly(rig.received().getFirst().getId());
        assertThat(log()).hasSize(1);
    }

    @Test
    void shouldSendAgainUnderAnotherId() throws StripeException {
        rig.standIn.faults(StripeFaults.seeded(1).twinned(100));
        PaymentIntent intent = rig.pay("pm_card_visa");

        assertThat(rig.about("payment_intent.succeeded", 2).getString("id")).isEqualTo(intent.getId());
        assertThat(rig.received()).extracting(Event::getId).doesNotHaveDuplicates();
        assertThat(log()).containsExactlyInAnyOrderElementsOf(rig.received().stream().map(Event::getId).toList());
    }

    @Test
    void shouldLose() throws StripeException {
        rig.standIn.faults(StripeFaults.seeded(1).lost(100));
        PaymentIntent lost = rig.pay("pm_card_visa");
        rig.standIn.faults(StripeFaults.NONE);
        PaymentIntent told = rig.pay("pm_card_visa");

        assertThat(rig.about("payment_intent.succeeded").getString("id")).isEqualTo(told.getId())
                .isNotEqualTo(lost.getId());
        assertThat(log()).as("in the log all the same").hasSize(2);
        await().during(Duration.ofMillis(300)).until(() -> rig.received().size() == 1);
    }

    @Test
    void shouldDelay() throws StripeException {
        rig.standIn.faults(new StripeFaults(3, 0, 0, Duration.ofSeconds(2)));
        List<String> paid = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            paid.add(rig.pay("pm_card_visa").getId());
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> rig.received().size() == 6);
        assertThat(rig.all("payment_intent.succeeded")).extracting(object -> object.getString("id"))
                .containsExactlyInAnyOrderElementsOf(paid).isNotEqualTo(paid);
    }

    @Test
    void shouldReorder() throws StripeException {
        rig.standIn.faults(StripeFaults.seeded(1).reordered(100));
        PaymentIntent first = rig.pay("pm_card_visa");
        rig.standIn.faults(StripeFaults.NONE);
        PaymentIntent second = rig.pay("pm_card_visa");

        assertThat(rig.about("payment_intent.succeeded").getString("id")).isEqualTo(second.getId());
        assertThat(rig.about("payment_intent.succeeded", 2).getString("id")).isEqualTo(first.getId());
    }

    @Test
    void shouldSendWhatIsHeldBackAlsoIfNothingFollows() throws StripeException {
        rig.standIn.faults(StripeFaults.seeded(1).reordered(100));
        PaymentIntent only = rig.pay("pm_card_visa");

        assertThat(rig.about("payment_intent.succeeded").getString("id")).isEqualTo(only.getId());
    }

    @Test
    void shouldDoTheSameWithTheSameSeed() throws StripeException {
        List<List<Boolean>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            rig.standIn.faults(StripeFaults.seeded(7).failing(50).lost(30));
            List<Boolean> failed = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                failed.add(fails());
            }
            runs.add(failed);
        }

        assertThat(runs.get(0)).isEqualTo(runs.get(1)).contains(true, false);
    }

    private boolean fails() throws StripeException {
        try {
            return !rig.pay("pm_card_visa").getStatus().equals("succeeded");
        } catch (ApiException failed) {
            assertThat(failed.getStatusCode()).isEqualTo(500);
            return true;
        }
    }

    @Test
    void shouldFailForEverUnderOneKeyWhetherOrNotItWasDone() throws StripeException {
        rig.standIn.faults(StripeFaults.seeded(5).failing(100));
        for (int i = 0; i < 20; i++) {
            String key = "key-" + i;
            assertThatThrownBy(() -> rig.pay("pm_card_visa", 499, key)).isInstanceOf(ApiException.class);
        }
        rig.standIn.faults(StripeFaults.NONE);

        assertThatThrownBy(() -> rig.pay("pm_card_visa", 499, "key-0")).as("as the first time")
                .isInstanceOf(ApiException.class);
        assertThat(log()).as("some were carried out").hasSizeBetween(1, 19);
    }

    @Test
    void shouldCarryOutWithoutAnAnswer() throws StripeException {
        rig.standIn.faults(StripeFaults.seeded(1).silent(100));
        assertThatThrownBy(() -> rig.pay("pm_card_visa", 499, "key-1")).isInstanceOf(ApiConnectionException.class);
        rig.standIn.faults(StripeFaults.NONE);

        PaymentIntent found = rig.pay("pm_card_visa", 499, "key-1");

        assertThat(rig.about("payment_intent.succeeded").getString("id")).isEqualTo(found.getId());
        assertThat(log()).hasSize(1);
    }

    @Test
    void shouldAnswerTheSameUnderOneKey() throws StripeException {
        PaymentIntent first = rig.pay("pm_card_visa", 499, "key-1");
        PaymentIntent again = rig.pay("pm_card_visa", 499, "key-1");

        assertThat(again).isEqualTo(first);
        assertThat(first.getLastResponse().headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(again.getLastResponse().headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThatThrownBy(() -> rig.pay("pm_card_visa", 500, "key-1")).isInstanceOf(IdempotencyException.class);
        assertThatThrownBy(() -> rig.stripe.v1().refunds().create(
                RefundCreateParams.builder().setPaymentIntent(first.getId()).build(),
                com.stripe.net.RequestOptions.builder().setIdempotencyKey("key-1").build()))
                .as("another kind of call").isInstanceOf(IdempotencyException.class);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> rig.pay("pm_card_chargeDeclined", 499, "key-2"))
                    .isInstanceOf(CardException.class);
        }
        assertThat(rig.about("payment_intent.payment_failed")).isNotNull();
        assertThat(log()).hasSize(2);
    }

    @Test
    void shouldForgetTheKeyOfWhatWasNotBegun() throws StripeException {
        assertThatThrownBy(() -> rig.pay("pm_card_visa", 0, "key-1")).isInstanceOf(InvalidRequestException.class);

        assertThat(rig.pay("pm_card_visa", 499, "key-1").getStatus()).isEqualTo("succeeded");
    }

    @Test
    void shouldLetOneCallAtATimeHaveAKey() throws StripeException {
        rig.standIn.faults(StripeFaults.seeded(5).slow(Duration.ofSeconds(4)));
        List<CompletableFuture<String>> twins = List.of(
                CompletableFuture.supplyAsync(this::payWithOneKey, Thread::startVirtualThread),
                CompletableFuture.supplyAsync(this::payWithOneKey, Thread::startVirtualThread));

        assertThat(twins).extracting(CompletableFuture::join)
                .containsExactlyInAnyOrder("succeeded", "409 idempotency_key_in_use");
        rig.standIn.faults(StripeFaults.NONE);
        assertThat(payWithOneKey()).isEqualTo("succeeded");
        assertThat(log()).hasSize(1);
    }

    private String payWithOneKey() {
        try {
            return rig.pay("pm_card_visa", 499, "key-1").getStatus();
        } catch (ApiException busy) {
            return busy.getStatusCode() + " " + busy.getCode();
        } catch (StripeException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldBeToldOverHttpWhatGoesWrong() throws Exception {
        var told = rig.post("/sandbox/faults",
                Map.of("seed", "9", "duplicated", "100", "delay_ms", "20", "failing", "0"));
        PaymentIntent intent = rig.pay("pm_card_visa");

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(rig.get("/sandbox/faults").body()))
                .isEqualTo(StripeFaults.seeded(9).duplicated(100).delayed(Duration.ofMillis(20)).json());
        assertThat(rig.about("payment_intent.succeeded", 2).getString("id")).isEqualTo(intent.getId());
        assertThat(rig.post("/sandbox/faults", Map.of()).body()).as("none").contains("\"duplicated\":0");
        for (Map<String, String> wrong : List.of(Map.of("lost", "101"), Map.of("lost", "many"), Map.of("luck", "1"),
                Map.of("delay_ms", "60001"))) {
            assertThat(rig.post("/sandbox/faults", wrong).statusCode()).as(wrong.toString()).isEqualTo(400);
        }
        assertThat(rig.submit("/sandbox/faults", Map.of("lost", "100")).statusCode()).as("without the key")
                .isEqualTo(401);
    }

    private List<String> log() throws StripeException {
        return rig.stripe.v1().events().list(EventListParams.builder().setLimit(100L).build()).getData().stream()
                .map(Event::getId).toList();
    }
}
