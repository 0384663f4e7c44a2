package dev.purser.payments;

import java.util.LinkedHashMap;
import java.util.Map;

import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentCreateParams.AutomaticPaymentMethods;
import com.stripe.param.checkout.SessionCreateParams;

import dev.purser.catalog.Order;
import dev.purser.catalog.Order.Way;

/**
 * What Stripe is asked for. What may be paid with is for its dashboard to say. The same order always makes the same request:
 * otherwise Stripe would take its repetition for a misuse of the key.
 */
final class StripeRequests {

    private StripeRequests() {
    }

    /** Nobody is sent elsewhere, so there is no address to return to. */
    static PaymentIntentCreateParams payment(Order order, Way.Method method) {
        return PaymentIntentCreateParams.builder()
                .setAmount(order.pack().price()).setCurrency(order.pack().currency())
                .setPaymentMethod(method.paymentMethod()).setConfirm(true)
                .setAutomaticPaymentMethods(AutomaticPaymentMethods.builder().setEnabled(true)
                        .setAllowRedirects(AutomaticPaymentMethods.AllowRedirects.NEVER).build())
                .putAllMetadata(metadata(order)).build();
    }

    /** The payment gets the same metadata as the page: whichever is told of first, it is known what was bought. */
    static SessionCreateParams page(Order order, Way.Page page) {
        return SessionCreateParams.builder().setMode(SessionCreateParams.Mode.PAYMENT)
                .setSuccessUrl(page.successUrl()).setCancelUrl(page.cancelUrl())
                .setClientReferenceId(order.payer())
                .addLineItem(SessionCreateParams.LineItem.builder().setQuantity(1L)
                        .setPriceData(SessionCreateParams.LineItem.PriceData.builder()
                                .setCurrency(order.pack().currency()).setUnitAmount(order.pack().price())
                                .setProductData(SessionCreateParams.LineItem.PriceData.ProductData.builder()
                                        .setName(order.pack().total() + " tokens").build())
                                .build())
                        .build())
                .putAllMetadata(metadata(order))
                .setPaymentIntentData(SessionCreateParams.PaymentIntentData.builder()
                        .putAllMetadata(metadata(order)).build())
                .build();
    }

    private static Map<String, String> metadata(Order order) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(StripeRules.WALLET, order.walletId());
        metadata.put(StripeRules.PACK, order.pack().id());
        metadata.put(StripeRules.TOKENS, String.valueOf(order.pack().tokens()));
        metadata.put(StripeRules.BONUS, String.valueOf(order.pack().bonus()));
        if (!order.payer().equals(order.walletId())) {
            metadata.put(StripeRules.PAYER, order.payer());
        }
        return metadata;
    }

    /** Whether metadata that Stripe has kept are those of this order. */
    static boolean matches(Order order, Map<String, String> kept) {
        return metadata(order).equals(kept);
    }
}
