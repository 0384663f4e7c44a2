package dev.purser.bench.rivals;

import java.time.Instant;

import dev.purser.lane.Wallets;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.wallet.Command;
import io.vertx.core.Future;

/** Another way to keep wallets, as far as the benchmark needs it: spends and looks. */
abstract class Rival implements Wallets {

    abstract Future<Outcome> spend(Operation operation, long amount, Instant now);

    abstract Future<Outcome> look(String walletId);

    @Override
    public final Future<Outcome> send(Operation operation) {
        Future<Outcome> outcome = operation.command() instanceof Command.Spend spend
                ? spend(operation, spend.amount(), Instant.now())
                : look(operation.walletId());
        return outcome.otherwise(failure -> Receipts.failed());
    }
}
