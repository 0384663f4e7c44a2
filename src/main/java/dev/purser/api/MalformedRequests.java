package dev.purser.api;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** Answers what is not even HTTP, and closes the connection: where the next request would begin nobody can say. */
final class MalformedRequests {

    private MalformedRequests() {
    }

    static void answer(Exchange exchange) {
        exchange.request().response().putHeader("connection", "close");
        exchange.answer(problem(exchange.request().decoderResult().cause()));
        exchange.request().connection().close();
    }

    private static Problem problem(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                Problem.of(ProblemCode.URI_TOO_LONG, "Expected an address of at most 8 KiB, but it is longer");
            case TooLongHttpHeaderException _ ->
                Problem.of(ProblemCode.HEADERS_TOO_LARGE, "Expected headers of at most 16 KiB, but they are larger");
            case null, default ->
                Problem.of(ProblemCode.MALFORMED_HTTP, "Expected an HTTP request, but it cannot be read as one");
        };
    }
}
