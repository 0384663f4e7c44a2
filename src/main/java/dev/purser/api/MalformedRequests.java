package dev.purser.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Answers what is not even HTTP, and closes the connection: where the next request would begin nobody can say. */
final class MalformedRequests {

    private MalformedRequests() {
    }

    static void answer(Exchange exchange) {
        answer(exchange, problem(exchange.request().decoderResult().cause()));
    }

    private static void answer(Exchange exchange, Problem problem) {
        exchange.request().response().putHeader("connection", "close");
        exchange.answer(problem);
        exchange.request().connection().close();
    }

    /**
     * Whether the request was answered since nobody can say for sure what it is and where it ends: a proxy in front that
     * reads it in another way could be made to take a part of it for somebody else's (RFC 9112, 3.2 and 6.3).
     */
    static boolean refused(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        boolean clear = hasClearEnd(request) && hasOneHost(request);
        if (!clear) {
            answer(exchange, Problem.of(ProblemCode.MALFORMED_HTTP, "Expected one Host, and a body with either a"
                    + " Content-Length or the Transfer-Encoding chunked, but found something else"));
        }
        return !clear;
    }

    private static boolean hasClearEnd(HttpServerRequest request) {
        if (!request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return true;
        }
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked")
                && !request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                && request.version() == HttpVersion.HTTP_1_1;
    }

    private static boolean hasOneHost(HttpServerRequest request) {
        int hosts = request.headers().getAll(HttpHeaders.HOST).size();
        return hosts == 1 || (hosts == 0 && request.version() == HttpVersion.HTTP_1_0);
    }

    private static Problem problem(@Nullable Throwable cause) {
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
