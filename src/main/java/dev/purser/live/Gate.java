package dev.purser.live;

import java.time.Instant;

import dev.purser.wallet.Authority;
import io.vertx.core.Future;

/** Finds out whom a token speaks for. The future never fails, and completes on the caller's context. */
@FunctionalInterface
public interface Gate {

    Future<Pass> admit(String token);

    /** What became of it. */
    sealed interface Pass {

        record Granted(Authority.Caller caller, Instant expiresAt) implements Pass {
        }

        /** Not to be trusted; the reason may be told to whoever sent the token. */
        record Denied(String reason) implements Pass {
        }

        /** Nobody can say just now. */
        record Unknown() implements Pass {
        }
    }
}
