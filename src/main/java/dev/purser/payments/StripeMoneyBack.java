package dev.purser.payments;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.MoneyBack;
import dev.purser.journal.MoneyBack.Dispute;
import dev.purser.journal.MoneyBack.DisputeState;
import dev.purser.journal.MoneyBack.Refund;
import dev.purser.journal.MoneyBack.RefundedSoFar;

/**
 * What Stripe's events say of money that goes back. Which tokens that concerns is not asked here: their payment may become
 * known later.
 */
final class StripeMoneyBack {

    /** More than any payment is; it keeps sums within their bounds. */
    private static final long LARGEST = 1_000_000_000_000L;

    private StripeMoneyBack() {
    }

    /** Of a refund: {@code refund.*}, and {@code charge.refund.updated}, which says the same to older endpoints. */
    static Verdict refund(StripeEvent event) {
        return of(event, "amount", about -> {
            String status = event.text("status");
            return status == null
                    ? null
                    : new Refund(about.id(), about.paymentId(), about.amount(), about.currency(),
                            status.equals("failed") || status.equals("canceled"), event.at());
        });
    }

    /** Of a charge: {@code charge.refunded} says how much of it was refunded in all. */
    static Verdict refundedSoFar(StripeEvent event) {
        return of(event, "amount_refunded",
                about -> new RefundedSoFar(about.paymentId(), about.amount(), about.currency(), event.at()));
    }

    static Verdict dispute(StripeEvent event) {
        return of(event, "amount", about -> {
            DisputeState state = state(event);
            // That it is open was so from its beginning: however late that is told, it takes back nothing that came after.
            return state == null
                    ? null
                    : new Dispute(about.id(), about.paymentId(), about.amount(), about.currency(), state,
                            state == DisputeState.OPEN ? event.since() : event.at());
        });
    }

    private static @Nullable DisputeState state(StripeEvent event) {
        String status = event.text("status");
        return switch (event.type()) {
            case "charge.dispute.funds_withdrawn" -> DisputeState.WITHDRAWN;
            case "charge.dispute.funds_reinstated" -> DisputeState.ENDED;
            default -> switch (status) {
                case "won", "warning_closed", "prevented" -> DisputeState.ENDED;
                case "lost" -> DisputeState.LOST;
                case null -> null;
                default -> DisputeState.OPEN;
            };
        };
    }

    private record About(String id, String paymentId, long amount, String currency) {
    }

    private static Verdict of(StripeEvent event, String amountField, Function<About, @Nullable MoneyBack> told) {
        if (event.isWithout("payment_intent")) {
            // What is sold here is always paid by an intent.
            return new Verdict.Ignore();
        }
        String id = event.text("id");
        String paymentId = event.reference("payment_intent");
        long amount = event.number(amountField);
        String currency = event.text("currency");
        MoneyBack found = id == null || paymentId == null || currency == null || amount < 0 || amount > LARGEST
                ? null
                : told.apply(new About(id, paymentId, amount, currency));
        return found == null
                ? new Verdict.Park("Expected an id, a payment_intent, a currency, a status and " + amountField
                        + ", but some of them are missing")
                : new Verdict.MoneyWentBack(found);
    }
}
