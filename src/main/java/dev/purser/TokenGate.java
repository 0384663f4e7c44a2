package dev.purser;

import dev.purser.api.tokens.TokenVerifier;
import dev.purser.api.tokens.Verification;
import dev.purser.live.Gate;
import io.vertx.core.Future;

/** Lets those in who see their balance live by the same tokens as all other callers. */
record TokenGate(TokenVerifier tokens) implements Gate {

    @Override
    public Future<Pass> admit(String token) {
        return tokens.verify(token).map(verification -> (Pass) switch (verification) {
            case Verification.Valid(var identity) -> new Pass.Granted(identity.caller(), identity.expiresAt());
            case Verification.Invalid(var reason) -> new Pass.Denied(reason);
            case Verification.KeysUnavailable() -> new Pass.Unknown();
        }).otherwise(_ -> new Pass.Unknown());
    }
}
