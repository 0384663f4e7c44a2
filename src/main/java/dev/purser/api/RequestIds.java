package dev.purser.api;

import dev.purser.lane.Ids;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Names requests, so that a client's log and ours can be laid side by side. */
final class RequestIds {

    static final CharSequence HEADER = HttpHeaders.createOptimized("x-request-id");

    private static final int LONGEST = 128;

    private RequestIds() {
    }

    /** The client's id if it is harmless, or else a new one. */
    static String of(HttpServerRequest request) {
        String given = request.getHeader(HEADER);
        return given != null && isHarmless(given) ? given : Ids.next("req_");
    }

    private static boolean isHarmless(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letterOrDigit = c < 128 && Character.isLetterOrDigit(c);
            if (!letterOrDigit && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return !id.isEmpty() && id.length() <= LONGEST;
    }
}
