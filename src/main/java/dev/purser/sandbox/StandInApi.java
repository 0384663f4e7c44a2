package dev.purser.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.lane.Ids;
import dev.purser.sandbox.StandInDice.Fate;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Answers API calls: whose key is right, each POST once under its idempotency key, and by the dice wrongly or not at all. */
final class StandInApi {

    private static final Logger LOG = LoggerFactory.getLogger(StandInApi.class);
    private static final String AUTHORIZED = "Bearer " + StripeStandIn.KEY;
    private static final StandInAnswer FAILED = StandInAnswer.error(500, "api_error",
            "An unknown error occurred. It was made to.");

    private final StandInRoutes routes;
    private final StandInKeys keys = new StandInKeys();
    private final StandInTimer timer;
    private final Supplier<StandInDice> dice;

    StandInApi(StandInRoutes routes, StandInTimer timer, Supplier<StandInDice> dice) {
        this.routes = routes;
        this.timer = timer;
        this.dice = dice;
    }

    static boolean isAuthorized(HttpServerRequest request) {
        return AUTHORIZED.equals(request.getHeader("Authorization"));
    }

    static void refuse(HttpServerRequest request) {
        send(request.response(), StandInAnswer.error(401, "invalid_request_error", "Invalid API Key provided"));
    }

    void handle(HttpServerRequest request, StandInForm form) {
        String path = String.valueOf(request.path());
        Optional<Function<StandInForm, StandInAnswer>> action = routes.find(request.method(), path);
        if (action.isEmpty()) {
            send(request.response(), StandInAnswer.error(404, "invalid_request_error",
                    "Unrecognized request URL (" + request.method() + ": " + path + ")"));
            return;
        }
        String key = request.method().equals(HttpMethod.POST) ? request.getHeader("Idempotency-Key") : null;
        String asked = path + " " + form.written();
        StandInKeys.Turn turn = key == null ? new StandInKeys.Turn.First() : keys.begin(key, asked);
        switch (turn) {
            case StandInKeys.Turn.First _ -> carryOut(request, () -> action.get().apply(form), key, asked);
            case StandInKeys.Turn.Again(StandInAnswer answer) ->
                send(request.response().putHeader("Idempotent-Replayed", "true"), answer);
            case StandInKeys.Turn.Refused(StandInAnswer answer) -> send(request.response(), answer);
        }
    }

    private void carryOut(HttpServerRequest request, Supplier<StandInAnswer> action, @Nullable String key,
            String asked) {
        long slownessMillis = dice.get().slownessMillis();
        Fate fate = dice.get().fate();
        Runnable now = () -> {
            StandInAnswer answer = fate == Fate.FAILS_BEFORE ? FAILED : answer(action);
            if (fate == Fate.FAILS_AFTER) {
                answer = FAILED;
            }
            if (key != null) {
                keys.end(key, asked, answer);
                request.response().putHeader("Idempotency-Key", key);
            }
            // A connection that is closed instead makes Java's client ask again by itself.
            if (fate != Fate.SILENT) {
                send(request.response(), answer);
            }
        };
        if (slownessMillis == 0) {
            now.run();
        } else {
            timer.in(slownessMillis, now);
        }
    }

    private static StandInAnswer answer(Supplier<StandInAnswer> action) {
        try {
            return action.get();
        } catch (RuntimeException bug) {
            LOG.error("What stands in for Stripe failed", bug);
            return FAILED;
        }
    }

    static void send(HttpServerResponse response, StandInAnswer answer) {
        response.setStatusCode(answer.status()).putHeader("Content-Type", "application/json")
                .putHeader("Request-Id", Ids.next("req_"))
                .end(answer.body().toString(), StandardCharsets.UTF_8.name());
    }
}
