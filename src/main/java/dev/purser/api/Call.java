package dev.purser.api;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.purser.api.contract.Endpoint;
import dev.purser.api.contract.Fields;
import dev.purser.wallet.Authority;

/**
 * A request that was found to be as the contract has it, from someone who is known.
 *
 * @param key the {@code Idempotency-Key}, if there is one
 * @param wantsCsv whether the client would rather have CSV
 */
record Call(Endpoint endpoint, Authority.Caller caller, Fields parameters, Fields body, @Nullable String key,
        boolean wantsCsv) {

    static final Authority.Caller ANYBODY = new Authority.Caller("", Set.of());

    /** The wallet that the path names, or else the caller's own. */
    String walletId() {
        String named = parameters.optionalText("wallet_id");
        return named == null ? caller.subject() : named;
    }
}
