package dev.purser.support;

import dev.purser.catalog.Pack;

/** What Stripe tells of pages to pay on, as far as anybody here reads it. */
public final class CheckoutEvents {

    private CheckoutEvents() {
    }

    /** The buyer has paid on the page. */
    public static String completed(String eventId, String sessionId, String intentId, String wallet, Pack pack) {
        return event("checkout.session.completed", eventId, sessionId, '"' + intentId + '"', "complete", "paid", wallet,
                pack);
    }

    /** The buyer has done all, but the money takes its time. */
    public static String unpaid(String eventId, String sessionId, String intentId, String wallet, Pack pack) {
        return event("checkout.session.completed", eventId, sessionId, '"' + intentId + '"', "complete", "unpaid",
                wallet, pack);
    }

    /** And then it came. */
    public static String paidLater(String eventId, String sessionId, String intentId, String wallet, Pack pack) {
        return event("checkout.session.async_payment_succeeded", eventId, sessionId, '"' + intentId + '"', "complete",
                "paid", wallet, pack);
    }

    /** And then it did not come. */
    public static String failedLater(String eventId, String sessionId, String intentId, String wallet, Pack pack) {
        return event("checkout.session.async_payment_failed", eventId, sessionId, '"' + intentId + '"', "complete",
                "unpaid", wallet, pack);
    }

    public static String expired(String eventId, String sessionId, String wallet, Pack pack) {
        return event("checkout.session.expired", eventId, sessionId, "null", "expired", "unpaid", wallet, pack);
    }

    private static String event(String type, String eventId, String sessionId, String intent, String status,
            String paymentStatus, String wallet, Pack pack) {
        return """
                {"id":"%s","object":"event","api_version":"2031-01-01.yew","type":"%s","livemode":false,\
                "data":{"object":{"id":"%s","object":"checkout.session","mode":"payment","amount_total":%d,\
                "currency":"%s","payment_intent":%s,"status":"%s","payment_status":"%s",\
                "metadata":{"wallet_id":"%s","pack_id":"%s"}}}}"""
                .formatted(eventId, type, sessionId, pack.price(), pack.currency(), intent, status, paymentStatus,
                        wallet, pack.id());
    }
}
