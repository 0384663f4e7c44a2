package dev.purser.payments;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import dev.purser.catalog.Order;
import dev.purser.catalog.Order.Way;
import dev.purser.lane.Ids;

/**
 * Idempotency keys as Stripe takes them: of at most 255 characters, and the same for the same key of the same caller. Stripe
 * keeps them for all that we sell, so ours say whose they are, for whom, and what for.
 */
final class StripeKeys {

    private static final String PREFIX = "purser-";

    private StripeKeys() {
    }

    /** The key of an order; one without a key of the caller's gets one that is never used again. */
    static String of(Order order) {
        Order.Key key = order.key();
        return key == null ? Ids.next(PREFIX) : PREFIX + digest(text(order, key));
    }

    /** Neither an id nor a key has a line break in it, so no two orders have the same text. */
    private static String text(Order order, Order.Key key) {
        return switch (order.way()) {
            case Way.Method _ when key.caller().equals(order.payer()) -> key.caller() + "/" + key.text();
            case Way.Method _ -> key.caller() + "\n" + order.payer() + "\npayment/" + key.text();
            case Way.Page _ -> key.caller() + "\n" + order.payer() + "\ncheckout/" + key.text();
        };
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
