package dev.purser.payments;

import org.jspecify.annotations.Nullable;

import com.stripe.exception.CardException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import com.stripe.model.StripeObject;
import com.stripe.model.checkout.Session;

import dev.purser.catalog.Sale;

/** What Stripe's answers mean. */
final class StripeAnswers {

    private static final String REPLAYED = "Idempotent-Replayed";
    private static final String OPEN = "open";

    private StripeAnswers() {
    }

    static Sale begun(PaymentIntent intent) {
        return of(intent, null, isReplayed(intent));
    }

    /** There may be a payment all the same, with which the buyer's device can go on. */
    static Sale declined(CardException declined) {
        StripeError error = declined.getStripeError();
        PaymentIntent intent = error == null ? null : error.getPaymentIntent();
        if (error == null || intent == null) {
            return new Sale.Refused(String.valueOf(declined.getUserMessage()));
        }
        String why = declined.getDeclineCode() == null ? declined.getCode() : declined.getDeclineCode();
        return of(intent, why, isReplayed(error));
    }

    /** A page without an address is of no use to anybody. */
    static Sale opened(Session session) {
        return session.getUrl() == null
                ? new Sale.Unanswered(true)
                : new Sale.Opened(session.getId(), OPEN, session.getUrl(), isReplayed(session));
    }

    static Sale recalled(PaymentIntent intent) {
        return of(intent, null, true);
    }

    static Sale recalled(Session session) {
        return new Sale.Opened(session.getId(), state(session), session.getUrl(), true);
    }

    private static String state(Session session) {
        return switch (String.valueOf(session.getStatus())) {
            case "complete" -> "unpaid".equals(session.getPaymentStatus()) ? "processing" : "succeeded";
            case "expired" -> "expired";
            default -> OPEN;
        };
    }

    private static Sale of(PaymentIntent intent, @Nullable String failure, boolean replayed) {
        return new Sale.Begun(intent.getId(), intent.getStatus(), intent.getClientSecret(), failure, replayed);
    }

    private static boolean isReplayed(StripeObject answer) {
        return answer.getLastResponse() != null
                && answer.getLastResponse().headers().firstValue(REPLAYED).filter("true"::equals).isPresent();
    }
}
