package dev.purser.payments;

import java.util.Set;

import com.stripe.exception.InvalidRequestException;
import com.stripe.net.RequestOptions;
import com.stripe.param.RefundCreateParams;

import io.vertx.core.Future;

/** Has Stripe give money back. The tokens follow when it tells that it did. */
final class StripeRefunds {

    /** Nothing is left to be refunded. */
    private static final Set<String> GONE_ALREADY = Set.of("charge_already_refunded", "charge_disputed");

    private final StripeCalls calls;

    StripeRefunds(StripeCalls calls) {
        this.calls = calls;
    }

    /** Refunds all that is left of a payment, once under a key. */
    Future<Void> refund(String paymentId, String key) {
        return calls.ask(stripe -> {
            try {
                return stripe.refunds().create(
                        RefundCreateParams.builder().setPaymentIntent(paymentId)
                                .setReason(RefundCreateParams.Reason.FRAUDULENT).build(),
                        RequestOptions.builder().setIdempotencyKey(key).build()).getId();
            } catch (InvalidRequestException refused) {
                if (GONE_ALREADY.contains(String.valueOf(refused.getCode()))) {
                    return "gone already";
                }
                throw refused;
            }
        }).mapEmpty();
    }
}
