package dev.purser.lane;

import io.vertx.core.Future;

/** All wallets, wherever they live. */
public interface Wallets {

    /**
     * Sends an operation to whoever owns its wallet. The future never fails: what goes wrong is an outcome. It completes
     * on the caller's own context, if the caller has one.
     */
    Future<Outcome> send(Operation operation);
}
