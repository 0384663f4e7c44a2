package dev.purser.bench.rivals;

import java.time.Instant;

import dev.purser.lane.Ids;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Wallets;
import dev.purser.wallet.Command;
import dev.purser.wallet.Transfer;
import io.vertx.core.Future;

/** Another way to keep wallets, as far as the benchmark needs it: spends and looks. */
abstract class Rival implements Wallets {

    abstract Future<Outcome> spend(Operation operation, long amount, Instant now);

    abstract Future<Outcome> look(String walletId);

    /** Only one that is about tips need do so. */
    Future<Outcome> tip(Operation operation, Transfer transfer, Instant now) {
        throw new IllegalStateException("Expected a spend or a look, but got " + transfer);
    }

    @Override
    public final Future<Outcome> send(Operation operation) {
        Future<Outcome> outcome = switch (operation.command()) {
            case Command.Spend spend -> spend(operation, spend.amount(), Instant.now());
            case Command.Send send -> tip(operation, send.transfer().in(Ids.next("tr_"), 0), Instant.now());
            // A rival has credited the creator with the rest, and knows nothing of closed wallets: these two cost it nothing.
            case Command.Receive _ -> Future.succeededFuture(Receipts.spent(1, 1, 1, Instant.EPOCH));
            default -> operation.walletId().equals(dev.purser.bench.load.Wallets.CREATOR)
                    ? Future.succeededFuture(Receipts.seen(operation.walletId(), 1, 1))
                    : look(operation.walletId());
        };
        return outcome.otherwise(failure -> Receipts.failed());
    }
}
