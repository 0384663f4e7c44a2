package dev.purser.payments;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.stripe.exception.StripeException;

import dev.purser.journal.Reversals;
import dev.purser.journal.Reversals.Standing;
import io.vertx.core.Future;

/**
 * Warnings of Stripe's that a payment may be fraud: whoever does nothing gets a dispute, most of the time. Each is written
 * down, since it may come before its payment is credited; it is heeded then.
 */
final class StripeWarnings {

    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final Reversals reversals;
    private final @Nullable StripeRefunds refunds;

    /** @param refunds how a payment that is warned of is refunded; null if a person is to look at it */
    StripeWarnings(Reversals reversals, @Nullable StripeRefunds refunds) {
        this.reversals = reversals;
        this.refunds = refunds;
    }

    /** What came of a warning; {@code reason} says why it is parked. */
    record Heeded(String eventId, Fate fate, @Nullable String reason) {
    }

    /** Does about a warning what is to be done; nothing while its payment is not known to be one of ours. */
    Future<Heeded> heed(String eventId, String paymentId) {
        return reversals.warned(eventId, paymentId)
                .compose(_ -> reversals.of(paymentId))
                .compose(found -> found.map(standing -> heed(eventId, standing))
                        .orElseGet(() -> Future.succeededFuture(new Heeded(eventId, Fate.IGNORED, null))));
    }

    /** Does so for all warnings of a payment that has just been credited. */
    Future<List<Heeded>> heedEarlier(String paymentId) {
        return reversals.warnings(paymentId).compose(eventIds -> {
            Future<List<Heeded>> all = Future.succeededFuture(new ArrayList<>());
            for (String eventId : eventIds) {
                all = all.compose(before -> heed(eventId, paymentId).map(heeded -> {
                    before.add(heeded);
                    return before;
                }));
            }
            return all;
        });
    }

    private Future<Heeded> heed(String eventId, Standing standing) {
        if (isGoneAlready(standing)) {
            return Future.succeededFuture(new Heeded(eventId, Fate.NOTED, null));
        }
        String warning = "Expected an honest payment, but Stripe warns that %s, credited to %s, may be fraud: refund it, or it is likely to be disputed"
                .formatted(standing.paymentId(), standing.walletId());
        StripeRefunds refunding = refunds;
        return refunding == null
                ? Future.succeededFuture(new Heeded(eventId, Fate.PARKED, warning))
                : refunding.refund(standing.paymentId(), "fraud-warning:" + eventId)
                        .map(new Heeded(eventId, Fate.NOTED, null))
                        .recover(failure -> isRefusal(failure)
                                ? Future.succeededFuture(new Heeded(eventId, Fate.PARKED,
                                        warning + ". Stripe does not refund it: " + failure.getMessage()))
                                : Future.failedFuture(failure));
    }

    /** All of its money went back, or is disputed: there is nothing left to be warned of. */
    private static boolean isGoneAlready(Standing standing) {
        return standing.disputed() > 0
                || Math.max(standing.refunds(), standing.refundedInAll()) + standing.chargedBack() >= standing.price();
    }

    /** Whether asking again would be answered the same. */
    private static boolean isRefusal(Throwable failure) {
        Integer status = failure instanceof StripeException told ? told.getStatusCode() : null;
        return status != null && status >= BAD_REQUEST && status < SERVER_ERROR && status != CONFLICT
                && status != TOO_MANY;
    }
}
