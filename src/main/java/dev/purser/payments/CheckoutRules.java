package dev.purser.payments;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What events of checkouts mean, which are paid on a page of Stripe's. They are told beside those of the payment itself, in any
 * order; what both credit is one payment, by its id.
 */
final class CheckoutRules {

    private CheckoutRules() {
    }

    /** @param paid judges what was paid for under a payment's id, if there is one */
    static Verdict judge(StripeEvent event, Function<@Nullable String, Verdict> paid) {
        if (event.metadata(StripeRules.WALLET) == null && event.metadata(StripeRules.PACK) == null) {
            // Whoever sells tokens may sell other things, too.
            return new Verdict.Ignore();
        }
        String id = event.text("id");
        if (id == null) {
            return new Verdict.Park("Expected an id of a checkout, but there is none");
        }
        return switch (event.type()) {
            case "checkout.session.expired" -> noted(event, id, "expired");
            case "checkout.session.async_payment_failed" -> noted(event, id, "failed");
            default -> completed(event, id, paid);
        };
    }

    private static Verdict completed(StripeEvent event, String id, Function<@Nullable String, Verdict> paid) {
        String status = event.text("payment_status");
        return switch (String.valueOf(status)) {
            case "paid", "no_payment_required" -> {
                String paymentId = event.reference("payment_intent");
                Verdict verdict = paid.apply(paymentId);
                yield verdict instanceof Verdict.Credit credit
                        ? new Verdict.Checkout(id, "succeeded", paymentId, credit)
                        : verdict;
            }
            case "unpaid" -> noted(event, id, "processing");
            default -> new Verdict.Park(
                    "Expected a checkout that is paid, unpaid or needs no payment, but it is " + status);
        };
    }

    private static Verdict noted(StripeEvent event, String id, String status) {
        return new Verdict.Checkout(id, status, event.reference("payment_intent"), null);
    }
}
