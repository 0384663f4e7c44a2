package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.Mode;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;

import io.vertx.core.json.JsonObject;

/** Checkouts by Stripe's library, and their pages as a browser has them. */
@Timeout(60)
class StripeStandInCheckoutTest {

    private static final String SHOP = "http://localhost:8080";

    private final StandInRig rig = new StandInRig();

    @AfterEach
    void stop() {
        assertThat(rig.forged()).isEmpty();
        rig.close();
    }

    @Test
    void shouldSellOnAPage() throws Exception {
        Session session = begin();
        assertThat(session.getId()).startsWith("cs_test_");
        assertThat(session.getStatus()).isEqualTo("open");
        assertThat(session.getPaymentStatus()).isEqualTo("unpaid");
        assertThat(session.getUrl()).isEqualTo(rig.standIn.url() + page(session));

        HttpResponse<String> paid = pay(session, "pm_card_visa");

        assertThat(paid.statusCode()).isEqualTo(303);
        assertThat(paid.headers().firstValue("Location")).hasValue(SHOP + "/paid?session=" + session.getId());
        JsonObject told = rig.about("checkout.session.completed");
        assertThat(told.getString("payment_status")).isEqualTo("paid");
        assertThat(told.getString("status")).isEqualTo("complete");
        assertThat(told.getLong("amount_total")).isEqualTo(4_499);
        assertThat(told.getString("currency")).isEqualTo("usd");
        assertThat(told.getString("client_reference_id")).isEqualTo("order-1");
        assertThat(told.getJsonObject("metadata").getString("pack_id")).isEqualTo("generous");
        JsonObject intent = rig.about("payment_intent.succeeded");
        assertThat(intent.getString("id")).isEqualTo(told.getString("payment_intent"));
        assertThat(intent.getLong("amount_received")).isEqualTo(4_499);
        assertThat(intent.getJsonObject("metadata").getString("wallet_id")).isEqualTo("ada");
        assertThat(pay(session, "pm_card_visa").statusCode()).as("a second click").isEqualTo(303);
        assertThat(look(session).getPaymentStatus()).isEqualTo("paid");
        assertThat(rig.all("payment_intent.succeeded")).hasSize(1);
    }

    @Test
    void shouldShowWhatIsSoldInAPageThatNeedsNoScript() throws Exception {
        Session session = begin();

        HttpResponse<String> shown = rig.open(page(session));

        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).contains("<html lang=\"en\">", "width=device-width", "<h1>Pay $44.99</h1>",
                "5,000 &lt;b&gt;tokens&lt;/b&gt;", "<td>$44.99</td>", "prefers-color-scheme: dark")
                .doesNotContain("<script", "<b>");
        String policy = shown.headers().firstValue("Content-Security-Policy").orElse("");
        assertThat(policy).contains("default-src 'none'", "form-action 'self' " + SHOP + ";", "frame-ancestors 'none'");
        String style = shown.body().replaceAll("(?s).*<style>(.*)</style>.*", "$1");
        assertThat(policy).as("allows the page's own style").contains("'sha256-" + java.util.Base64.getEncoder()
                .encodeToString(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(style.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                + "'");
    }

    @Test
    void shouldLetTheBuyerTryAgain() throws Exception {
        Session session = begin();

        HttpResponse<String> declined = pay(session, "pm_card_chargeDeclined");

        assertThat(declined.statusCode()).isEqualTo(402);
        assertThat(declined.body()).contains("<p role=\"alert\">Your card was declined.</p>", "<h1>Pay $44.99</h1>");
        assertThat(pay(session, "pm_card_visa").statusCode()).isEqualTo(303);
        assertThat(rig.about("payment_intent.succeeded").getString("id")).as("of one payment")
                .isEqualTo(rig.about("payment_intent.payment_failed").getString("id"));
        assertThat(rig.about("checkout.session.completed").getString("payment_status")).isEqualTo("paid");
        assertThat(pay(begin(), "pm_none").body()).contains("No such PaymentMethod: &#39;pm_none&#39;");
    }

    @Test
    void shouldAskWhetherItWasTheBuyer() throws Exception {
        Session session = begin();
        assertThat(location(rig.open(page(session) + "/bank"))).as("not before").isEqualTo(page(session));

        assertThat(location(pay(session, "pm_card_threeDSecure2Required"))).isEqualTo(page(session) + "/bank");
        assertThat(rig.open(page(session) + "/bank").body()).contains("<h1>Was it you?</h1>", "$44.99");
        HttpResponse<String> no = rig.submit(page(session) + "/bank", Map.of("answer", "no"));
        assertThat(no.statusCode()).isEqualTo(402);
        assertThat(no.body()).contains("role=\"alert\"", "authentication");

        assertThat(location(pay(session, "pm_card_threeDSecure2Required"))).isEqualTo(page(session) + "/bank");
        assertThat(location(rig.submit(page(session) + "/bank", Map.of("answer", "yes")))).startsWith(SHOP + "/paid");

        assertThat(rig.about("checkout.session.completed").getString("payment_status")).isEqualTo("paid");
        assertThat(rig.all("payment_intent.requires_action")).hasSize(2);
    }

    @Test
    void shouldBePaidLater() throws Exception {
        Session session = begin();

        assertThat(location(pay(session, "pm_usBankAccount_success"))).startsWith(SHOP + "/paid");

        assertThat(rig.about("checkout.session.completed").getString("payment_status")).isEqualTo("unpaid");
        assertThat(rig.about("payment_intent.processing").getString("status")).isEqualTo("processing");
        assertThat(rig.about("checkout.session.async_payment_succeeded").getString("payment_status"))
                .isEqualTo("paid");
        assertThat(rig.about("payment_intent.succeeded").getLong("amount_received")).isEqualTo(4_499);
        assertThat(rig.all("checkout.session.completed")).hasSize(1);
    }

    @Test
    void shouldFailLater() throws Exception {
        Session session = begin();

        assertThat(location(pay(session, "pm_usBankAccount_insufficientFunds"))).startsWith(SHOP + "/paid");

        assertThat(rig.about("checkout.session.async_payment_failed").getString("payment_status"))
                .isEqualTo("unpaid");
        assertThat(rig.about("payment_intent.payment_failed").getString("id"))
                .isEqualTo(look(session).getPaymentIntent());
        assertThat(look(session).getStatus()).isEqualTo("complete");
    }

    @Test
    void shouldLetTheBuyerGoBack() throws Exception {
        Session session = begin();

        assertThat(location(pay(session, "cancel"))).isEqualTo(SHOP + "/shop?session=" + session.getId());

        assertThat(look(session).getStatus()).as("they may come again").isEqualTo("open");
        assertThat(rig.received()).isEmpty();
    }

    @Test
    void shouldExpire() throws Exception {
        Session session = begin();
        assertThat(location(pay(session, "pm_card_threeDSecure2Required"))).endsWith("/bank");

        assertThat(rig.stripe.v1().checkout().sessions().expire(session.getId()).getStatus()).isEqualTo("expired");

        assertThat(rig.about("checkout.session.expired").getString("id")).isEqualTo(session.getId());
        assertThat(rig.about("payment_intent.canceled").getString("id")).isEqualTo(look(session).getPaymentIntent());
        assertThat(rig.open(page(session)).statusCode()).isEqualTo(410);
        assertThat(rig.submit(page(session) + "/bank", Map.of("answer", "yes")).statusCode()).isEqualTo(410);
        assertThatThrownBy(() -> rig.stripe.v1().checkout().sessions().expire(session.getId()))
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining("can be expired");
        assertThat(rig.open("/pay/cs_test_none").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldRefuseWhatStripeRefuses() {
        for (SessionCreateParams.Builder wrong : List.of(
                params().addPaymentMethodType(SessionCreateParams.PaymentMethodType.CARD),
                params().setMode(Mode.SUBSCRIPTION), params().setSuccessUrl("/paid"),
                params().setSuccessUrl("javascript:alert(1)"), params().addLineItem(item(1L, "eur")),
                params().addLineItem(item(-1L, "usd")), params().addLineItem(item(99_999_999L, "usd")),
                params().setExpiresAt(Instant.now().getEpochSecond() + 60))) {
            assertThatThrownBy(() -> rig.stripe.v1().checkout().sessions().create(wrong.build()))
                    .isInstanceOfSatisfying(InvalidRequestException.class,
                            refused -> assertThat(refused.getStatusCode()).isEqualTo(400));
        }
    }

    private Session begin() throws StripeException {
        return rig.stripe.v1().checkout().sessions().create(params().build());
    }

    private static SessionCreateParams.Builder params() {
        return SessionCreateParams.builder().setMode(Mode.PAYMENT).setClientReferenceId("order-1")
                .addLineItem(item(4_499L, "usd")).putMetadata("pack_id", "generous")
                .setPaymentIntentData(PaymentIntentData.builder().putMetadata("wallet_id", "ada").build())
                .setSuccessUrl(SHOP + "/paid?session={CHECKOUT_SESSION_ID}")
                .setCancelUrl(SHOP + "/shop?session={CHECKOUT_SESSION_ID}");
    }

    private static LineItem item(long amount, String currency) {
        return LineItem.builder().setQuantity(1L).setPriceData(LineItem.PriceData.builder().setCurrency(currency)
                .setUnitAmount(amount)
                .setProductData(LineItem.PriceData.ProductData.builder().setName("5,000 <b>tokens</b>").build())
                .build())
                .build();
    }

    private Session look(Session session) throws StripeException {
        return rig.stripe.v1().checkout().sessions().retrieve(session.getId());
    }

    private HttpResponse<String> pay(Session session, String method) throws Exception {
        return rig.submit(page(session), Map.of("method", method));
    }

    private static String page(Session session) {
        return "/pay/" + session.getId();
    }

    private static String location(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(303);
        return URI.create(response.headers().firstValue("Location").orElseThrow()).toString();
    }
}
