package dev.purser.sandbox;

import io.vertx.core.http.HttpServerResponse;

/** How a browser is answered. */
final class StandInWeb {

    private StandInWeb() {
    }

    static void go(HttpServerResponse response, String address) {
        response.setStatusCode(303).putHeader("Location", address).putHeader("Cache-Control", "no-store").end();
    }

    /**
     * A page with no script, and no style but its own.
     *
     * @param forms the origins that its forms may lead to beside its own, each with a space before it
     */
    static void show(HttpServerResponse response, int status, String forms, String html) {
        response.setStatusCode(status).putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", "default-src 'none'; style-src '" + StandInHtml.STYLE_HASH
                        + "'; form-action 'self'" + forms + "; base-uri 'none'; frame-ancestors 'none'")
                .putHeader("X-Content-Type-Options", "nosniff").putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", "no-store").end(html);
    }
}
