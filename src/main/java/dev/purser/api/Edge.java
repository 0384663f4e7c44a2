package dev.purser.api;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.api.contract.Checked;
import dev.purser.api.contract.Endpoint;
import dev.purser.api.contract.Fields;
import dev.purser.api.contract.RouteTable.Match;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Scope;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Takes an operation's request through its stations: its head, who sends it, its body, its handler. At each it may be
 * answered with a problem.
 */
final class Edge {

    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

    private static final Pattern REFUSED = Pattern.compile(";\\s*q=0(\\.0*)?$");
    private static final byte[] NO_BODY = {};
    private static final int MOST_UNFINISHED = 32 << 20;

    private final Operations operations;
    private final Authentication authentication;
    private final SharedRoom<BodyCollector> unfinished = new SharedRoom<>(MOST_UNFINISHED, BodyCollector::turnedOut);

    Edge(Operations operations, Authentication authentication) {
        this.operations = operations;
        this.authentication = authentication;
    }

    /** Answers the exchange, now or later. */
    void handle(Exchange exchange, Match.Found found) {
        Endpoint endpoint = found.endpoint();
        HttpServerRequest request = exchange.request();
        List<String> keys = endpoint.isKeyed() ? request.headers().getAll("Idempotency-Key") : List.of();
        exchange.concerns(endpoint, !keys.isEmpty());
        Problem problem = RequestHeads.problem(request, endpoint, keys);
        if (problem != null) {
            exchange.answer(problem);
            return;
        }
        String key = keys.isEmpty() ? null : IdempotencyKeys.parse(keys.getFirst());
        if (endpoint.isPublic()) {
            receive(exchange, found, key, Call.ANYBODY);
        } else {
            authenticate(exchange, found, key);
        }
    }

    private void authenticate(Exchange exchange, Match.Found found, @Nullable String key) {
        authentication.authenticate(exchange.request(), (caller, refused) -> guarded(exchange, () -> {
            if (caller == null) {
                exchange.answer(Objects.requireNonNull(refused));
            } else {
                admit(exchange, found, key, caller);
            }
        }));
    }

    private void admit(Exchange exchange, Match.Found found, @Nullable String key, Authority.Caller caller) {
        Scope missing = operations.missingScope(found.endpoint(), caller);
        if (missing != null) {
            exchange.answer(Refusals.scopeMissing(missing.text()));
        } else {
            receive(exchange, found, key, caller);
        }
    }

    private void receive(Exchange exchange, Match.Found found, @Nullable String key, Authority.Caller caller) {
        Endpoint endpoint = found.endpoint();
        if (endpoint.takesBody()) {
            BodyCollector.collect(exchange, endpoint.maxBytes(), unfinished,
                    body -> guarded(exchange, () -> call(exchange, found, key, caller, body)));
        } else {
            call(exchange, found, key, caller, NO_BODY);
        }
    }

    private void call(Exchange exchange, Match.Found found, @Nullable String key, Authority.Caller caller,
            byte[] bytes) {
        if (exchange.isAnswered()) {
            return;
        }
        Endpoint endpoint = found.endpoint();
        Fields parameters = valid(exchange, endpoint.readParameters(found.pathValues(), exchange.request().query()));
        Fields body = parameters == null ? null : valid(exchange, endpoint.readBody(bytes));
        if (parameters != null && body != null) {
            Call call = new Call(endpoint, caller, parameters, body, key, wantsCsv(exchange.request()));
            exchange.handed();
            operations.handle(call).onComplete(
                    answer -> guarded(exchange, () -> exchange.answer(answer)),
                    failure -> fail(exchange, failure));
        }
    }

    private static boolean wantsCsv(HttpServerRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && Arrays.stream(accepted.split(",")).map(String::strip)
                .anyMatch(type -> type.startsWith("text/csv") && !REFUSED.matcher(type).find());
    }

    private static @Nullable Fields valid(Exchange exchange, Checked checked) {
        return switch (checked) {
            case Checked.Valid(var fields) -> fields;
            case Checked.Invalid(var violations) -> {
                exchange.answer(RequestHeads.invalid(violations));
                yield null;
            }
        };
    }

    /** The one place where what nobody expected is caught. */
    private static void guarded(Exchange exchange, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            fail(exchange, failure);
        }
    }

    static void fail(Exchange exchange, Throwable failure) {
        LOG.error("Expected an answer, but the request {} failed", exchange.requestId(), failure);
        exchange.answer(Problem.of(ProblemCode.INTERNAL_ERROR,
                "Expected to answer, but could not; the log says more about the request " + exchange.requestId())
                .with(exchange.wasHanded() ? Problem.Effect.UNKNOWN : Problem.Effect.NOT_APPLIED));
    }
}
