package dev.purser.api;

import java.util.Set;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Lets pages of the allowed origins call the API. Tokens come in a header, never in a cookie, so none are allowed. */
final class Cors {

    private static final String ALL = "*";
    private static final String SENT = "Authorization, Content-Type, Idempotency-Key, X-Request-Id";
    private static final String SEEN = "Idempotency-Replayed, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";
    private static final String DAY = "86400";

    private final Set<String> origins;

    Cors(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** Marks a reply for the browser, if its origin is allowed. */
    void allow(HttpServerRequest request, HttpServerResponse response) {
        if (origins.isEmpty()) {
            return;
        }
        response.headers().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && (origins.contains(origin) || origins.contains(ALL))) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, SEEN);
        }
    }

    /** Answers the question that a browser asks before the request itself. */
    void preflight(HttpServerRequest request, HttpServerResponse response, String methods) {
        allow(request, response);
        if (response.headers().contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, methods);
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, SENT);
            response.putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, DAY);
        }
    }
}
