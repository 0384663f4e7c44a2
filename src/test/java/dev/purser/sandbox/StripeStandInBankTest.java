package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.stripe.model.PaymentIntent;

/** The bank's question about a payment, as the buyer's browser has it. */
@Timeout(60)
class StripeStandInBankTest {

    private final StandInRig rig = new StandInRig();

    @AfterEach
    void stop() {
        assertThat(rig.forged()).isEmpty();
        rig.close();
    }

    @Test
    void shouldPayWhenItWasTheBuyer() throws Exception {
        String page = page(rig.pay("pm_card_threeDSecure2Required"));

        HttpResponse<String> asked = rig.open(page);
        assertThat(asked.statusCode()).isEqualTo(200);
        assertThat(asked.body()).contains("<h1>Was it you?</h1>", "$44.99").doesNotContain("<script");
        assertThat(asked.headers().firstValue("Content-Security-Policy").orElse("")).contains("default-src 'none'",
                "form-action 'self';");
        assertThat(rig.submit(page, Map.of("answer", "yes")).headers().firstValue("Location")).hasValue(page);

        assertThat(rig.about("payment_intent.succeeded").getLong("amount_received")).isEqualTo(4_499);
        assertThat(rig.open(page).body()).contains("<h1>Thank you</h1>");
    }

    @Test
    void shouldNotPayWhenItWasNot() throws Exception {
        String page = page(rig.pay("pm_card_threeDSecure2Required"));

        assertThat(rig.submit(page, Map.of("answer", "no")).statusCode()).isEqualTo(303);

        assertThat(rig.about("payment_intent.payment_failed").getJsonObject("last_payment_error").getString("code"))
                .isEqualTo("payment_intent_authentication_failure");
        assertThat(rig.open(page).body()).contains("<h1>Your bank does not pay</h1>");
        assertThat(rig.submit(page, Map.of("answer", "yes")).statusCode()).as("too late").isEqualTo(303);
        assertThat(rig.all("payment_intent.succeeded")).isEmpty();
    }

    @Test
    void shouldAskNobodyButTheBuyer() throws Exception {
        PaymentIntent payment = rig.pay("pm_card_threeDSecure2Required");

        assertThat(rig.open("/bank/" + payment.getId()).statusCode()).isEqualTo(404);
        assertThat(rig.submit("/bank/" + payment.getId() + "_secret_guessed", Map.of("answer", "yes")).statusCode())
                .isEqualTo(404);
        assertThat(rig.open("/bank/").statusCode()).isEqualTo(404);
        assertThat(rig.all("payment_intent.succeeded")).isEmpty();
    }

    private static String page(PaymentIntent payment) {
        return "/bank/" + payment.getClientSecret();
    }
}
