package dev.purser.live;

import java.net.URI;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Which pages may connect. A browser lets any page open a WebSocket to anywhere, and says only which page it is; so it is
 * asked here. Whoever is no browser says nothing, and shows a token all the same.
 */
final class Origins {

    private static final String ALL = "*";

    private final Set<String> allowed;

    Origins(Set<String> allowed) {
        this.allowed = allowed;
    }

    boolean allow(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || allowed.contains(origin) || allowed.contains(ALL) || isOwn(origin, request);
    }

    /** Whether the page is from here. What is in front of this service may speak TLS, so the scheme says nothing. */
    private static boolean isOwn(String origin, HttpServerRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        return host != null && host.equalsIgnoreCase(authority(origin));
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getAuthority();
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
