package dev.purser.payments;

import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.journal.Reversals;
import dev.purser.journal.Reversals.Standing;
import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Wallets;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Entry;
import dev.purser.wallet.Receipt;
import dev.purser.wallet.Reversal;
import io.vertx.core.Future;

/**
 * Lets tokens follow their money: as much is taken back as the tables say, step by step. Each step has a number and a key in
 * the wallet, so that of two who find the same to do only one does it; the other looks again. So does one whose step comes
 * after somebody else has begun to look: who found nothing to do then does not know of that step.
 */
final class MoneyFollower {

    private static final Logger LOG = LoggerFactory.getLogger(MoneyFollower.class);
    private static final int MOST_STEPS = 20;

    private final Reversals reversals;
    private final Wallets wallets;
    private final Supplier<String> ids;

    MoneyFollower(Reversals reversals, Wallets wallets, Supplier<String> ids) {
        this.reversals = reversals;
        this.wallets = wallets;
        this.ids = ids;
    }

    /** How far a payment's tokens have followed its money. */
    sealed interface Followed {

        /** All the way; {@code moved} if there was anything to do. */
        record Done(boolean moved) implements Followed {
        }

        /** They will not. */
        record Never(String why) implements Followed {
        }

        /** Something is not there just now. */
        record NotNow() implements Followed {
        }
    }

    Future<Followed> follow(String paymentId) {
        return reversals.look(paymentId).compose(isThere -> isThere
                ? follow(paymentId, 0, false)
                : Future.succeededFuture(new Followed.Done(false)));
    }

    private Future<Followed> follow(String paymentId, int steps, boolean moved) {
        return reversals.of(paymentId).compose(found -> {
            if (found.isEmpty()) {
                return Future.succeededFuture(new Followed.Done(false));
            }
            Standing standing = found.get();
            if (standing.otherCurrencies()) {
                return Future.succeededFuture(new Followed.Never("Expected what goes back in " + standing.currency()
                        + ", but it is in another currency: take the tokens back by hand"));
            }
            return MoneyBackRules.next(standing)
                    .map(next -> steps < MOST_STEPS
                            ? step(standing, next, steps, moved)
                            : Future.<Followed>succeededFuture(new Followed.NotNow()))
                    .orElseGet(() -> Future.succeededFuture(new Followed.Done(moved)));
        });
    }

    private Future<Followed> step(Standing standing, Reversal next, int steps, boolean moved) {
        Operation operation = new Operation(ids.get(), standing.walletId(), OpKey.ofReversal(next),
                new Authority.House(), new Command.Reverse(next));
        return wallets.send(operation).compose(outcome -> switch (outcome) {
            case Outcome.Done(var receipt, var replayed, var _) -> {
                if (!replayed) {
                    tell(standing, receipt);
                }
                yield follow(standing.paymentId(), steps + 1, true);
            }
            // Somebody else has found something else to do, since they knew less, or more.
            case Outcome.KeyReused() -> follow(standing.paymentId(), steps + 1, moved);
            case Outcome.Refused(var refusal, var _) -> Future.succeededFuture(
                    new Followed.Never("The wallet " + standing.walletId() + " does not give it back: " + refusal));
            case Outcome.Unavailable(var reason, var _) when reason == Outcome.Reason.REJECTED ->
                Future.succeededFuture(
                        new Followed.Never("The database does not take the step"));
            case Outcome.Seen _ -> throw new IllegalStateException("Expected a step, but saw " + outcome);
            case Outcome.KeyBusy _,Outcome.Limited _,Outcome.Moved _,Outcome.Unavailable _ -> Future
                    .succeededFuture(new Followed.NotNow());
        });
    }

    private static void tell(Standing standing, Receipt receipt) {
        long owed = receipt.entries().stream().mapToLong(Entry::debt).filter(debt -> debt > 0).sum();
        if (owed > 0) {
            LOG.warn("The wallet {} owes {} tokens more, {} in all: payment {} went back, and they were spent",
                    standing.walletId(), owed, receipt.debt(), standing.paymentId());
        }
    }
}
