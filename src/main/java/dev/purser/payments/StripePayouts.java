package dev.purser.payments;

import java.util.List;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.stripe.exception.StripeException;
import com.stripe.model.Transfer;
import com.stripe.net.RequestOptions;
import com.stripe.param.TransferCreateParams;
import com.stripe.param.TransferListParams;

import dev.purser.journal.PayoutTransfers;
import dev.purser.journal.PayoutTransfers.Due;
import io.vertx.core.Future;

/**
 * Sends approved payouts to connected accounts. Their tokens are out by then, so each is sent exactly once, however long it
 * takes: it is asked for under a key of its own, and since Stripe forgets keys after a day, looked for before it is asked for
 * again.
 */
public final class StripePayouts {

    private static final Logger LOG = LoggerFactory.getLogger(StripePayouts.class);
    private static final int AT_ONCE = 20;
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;

    private final StripeCalls calls;
    private final PayoutTransfers transfers;
    private final String currency;
    private final Predicate<String> owned;

    /**
     * @param currency what payouts are in
     * @param owned whether this node owns what has a name: of all nodes one does, and none that is about to stop
     */
    public StripePayouts(StripeCalls calls, PayoutTransfers transfers, String currency, Predicate<String> owned) {
        this.calls = calls;
        this.transfers = transfers;
        this.currency = currency;
        this.owned = owned;
    }

    /** Sends what is to be sent. */
    public Future<?> round() {
        return isOver() ? Future.succeededFuture() : transfers.take(AT_ONCE).compose(this::each);
    }

    private boolean isOver() {
        return !owned.test("stripe-payouts");
    }

    /** One that cannot be sent is no reason to leave the others. */
    private Future<Void> each(List<Due> due) {
        return due.isEmpty() || isOver()
                ? Future.succeededFuture()
                : send(due.getFirst()).transform(_ -> each(due.subList(1, due.size())));
    }

    private Future<Void> send(Due due) {
        return calls.ask(stripe -> {
            List<Transfer> before = due.attempts() == 1
                    ? List.of()
                    : stripe.transfers().list(TransferListParams.builder().setTransferGroup(due.payoutId()).build())
                            .getData();
            return before.isEmpty() ? stripe.transfers().create(request(due), key(due)) : before.getFirst();
        }).compose(transfer -> {
            LOG.info("Payout {} of {} is sent to {} as {}", due.payoutId(), due.walletId(), due.account(),
                    transfer.getId());
            return transfers.sent(due.payoutId(), transfer.getId());
        }, failure -> {
            LOG.warn("Expected to send payout {} of {} to {}, but could not: {}", due.payoutId(), due.walletId(),
                    due.account(), failure.getMessage());
            return isAnswer(failure)
                    ? transfers.refused(due.payoutId(), String.valueOf(failure.getMessage()))
                    : Future.failedFuture(failure);
        });
    }

    /** Not so when there was no answer, or only one that it is under way. */
    private static boolean isAnswer(Throwable failure) {
        return failure instanceof StripeException told && told.getStatusCode() != null
                && told.getStatusCode() >= BAD_REQUEST && told.getStatusCode() != CONFLICT;
    }

    private TransferCreateParams request(Due due) {
        return TransferCreateParams.builder().setAmount(due.cents()).setCurrency(currency)
                .setDestination(due.account()).setTransferGroup(due.payoutId())
                .putMetadata(StripeRules.WALLET, due.walletId()).build();
    }

    /** After an answer it is asked for under another key, for Stripe answers the same under the same, be it a failure. */
    private static RequestOptions key(Due due) {
        return RequestOptions.builder().setIdempotencyKey(due.payoutId() + ":" + due.refusals()).build();
    }
}
