package dev.purser.api;

import java.util.List;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import dev.purser.api.tokens.Identity;
import dev.purser.api.tokens.TokenVerifier;
import dev.purser.api.tokens.Verification;
import dev.purser.wallet.Authority;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Finds out who sends a request. */
final class Authentication {

    private static final String SCHEME = "Bearer ";
    private static final int RETRY_AFTER_SECONDS = 5;

    private final TokenVerifier tokens;

    Authentication(TokenVerifier tokens) {
        this.tokens = tokens;
    }

    /**
     * Calls {@code then} with the caller or with a problem: at once for a token that is known. Nothing of a body is kept
     * before it is known whose it is; what arrives meanwhile waits in the socket.
     */
    void authenticate(HttpServerRequest request, BiConsumer<Authority.@Nullable Caller, @Nullable Problem> then) {
        List<String> headers = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        if (headers.size() != 1 || !isBearer(headers.getFirst())) {
            then.accept(null, missing());
            return;
        }
        String token = headers.getFirst().substring(SCHEME.length()).trim();
        Identity known = tokens.remembered(token);
        if (known != null) {
            then.accept(known.caller(), null);
            return;
        }
        request.pause();
        tokens.verify(token).onSuccess(verification -> {
            switch (verification) {
                case Verification.Valid(var identity) -> then.accept(identity.caller(), null);
                case Verification.Invalid(var reason) -> then.accept(null, invalid(reason));
                case Verification.KeysUnavailable() -> then.accept(null, noKeys());
            }
        }).onFailure(_ -> then.accept(null, noKeys())).onComplete(_ -> request.resume());
    }

    private static boolean isBearer(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    private static Problem missing() {
        return Problem
                .of(ProblemCode.UNAUTHORIZED,
                        "Expected the header \"Authorization: Bearer <token>\", but there is none")
                .with((JsonBody) out -> out.put("reason", "token_missing"))
                .with(new Answer.Header("WWW-Authenticate", "Bearer realm=\"purser\""));
    }

    private static Problem invalid(String reason) {
        return Problem.of(ProblemCode.UNAUTHORIZED, "Expected a valid token, but " + reason)
                .with((JsonBody) out -> out.put("reason", "token_invalid"))
                .with(new Answer.Header("WWW-Authenticate",
                        "Bearer realm=\"purser\", error=\"invalid_token\", error_description=\"" + reason + "\""));
    }

    private static Problem noKeys() {
        return Problem.of(ProblemCode.KEYS_UNAVAILABLE,
                "Expected keys to verify the token with, but they cannot be had for the moment")
                .with((JsonBody) out -> out.put("reason", "keys_unavailable")).retryableAfter(RETRY_AFTER_SECONDS);
    }
}
