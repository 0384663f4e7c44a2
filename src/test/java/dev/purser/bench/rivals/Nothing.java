package dev.purser.bench.rivals;

import java.time.Instant;

import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Wallets;
import dev.purser.wallet.Command;
import io.vertx.core.Future;

/** Answers at once that all went well, and does nothing. */
final class Nothing implements Wallets {

    private static final long BALANCE = 1_000_000;

    @Override
    public Future<Outcome> send(Operation operation) {
        return Future.succeededFuture(operation.command() instanceof Command.Spend spend
                ? Receipts.spent(spend.amount(), 1, BALANCE, Instant.now())
                : Receipts.seen(operation.walletId(), 1, BALANCE));
    }
}
