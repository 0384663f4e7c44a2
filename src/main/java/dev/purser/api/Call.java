package dev.purser.api;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.purser.api.contract.Endpoint;
import dev.purser.api.contract.Fields;
import dev.purser.lane.Ids;
import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;

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

    /**
     * The operation that the request asks for. Under one key another request is told from it by {@code what} it is to do,
     * and to which part of the wallet.
     */
    Operation operation(String what, String walletId, String partId, Command command) {
        OpKey known = key == null
                ? null
                : OpKey.ofClient(caller.subject(), key, Fingerprint.of(what, walletId, partId, body));
        return new Operation(Ids.next(), walletId, known, caller, command);
    }
}
