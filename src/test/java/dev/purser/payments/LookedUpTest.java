package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vertx.core.json.JsonObject;

class LookedUpTest {

    private static final Instant NOW = Instant.ofEpochSecond(77);

    @ParameterizedTest
    @CsvSource({"pi_1,succeeded,payment_intent.succeeded", "pi_1,processing,payment_intent.processing",
            "pi_1,requires_action,payment_intent.requires_action", "pi_1,canceled,payment_intent.canceled",
            "pi_1,requires_payment_method,payment_intent.payment_failed",
            "cs_1,complete,checkout.session.completed", "cs_1,expired,checkout.session.expired"})
    void shouldBeAsTheEventThatWouldHaveTold(String id, String status, String type) {
        JsonObject object = new JsonObject().put("id", id).put("status", status).put("livemode", true);
        StripeEvent event = LookedUp.event(object, NOW)
                .flatMap(text -> StripeEvent.read(text.getBytes(StandardCharsets.UTF_8))).orElseThrow();
        assertThat(event.type()).isEqualTo(type);
        assertThat(event.live()).isTrue();
        assertThat(event.at()).isEqualTo(NOW);
        assertThat(event.object()).isEqualTo(object);
    }

    @ParameterizedTest
    @CsvSource({"pi_1,requires_confirmation", "pi_1,requires_capture", "cs_1,open", "cs_1,", ","})
    void shouldSayNothingOfWhatIsNotOverYet(String id, String status) {
        assertThat(LookedUp.event(
                new JsonObject().put("id", id == null ? "" : id).put("status", status == null ? "" : status),
                NOW)).isEmpty();
    }
}
