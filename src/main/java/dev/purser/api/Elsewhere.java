package dev.purser.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;

/** Answers requests that no operation is for: documents, questions about a path, and mistakes. */
final class Elsewhere {

    private static final List<String> READING = List.of("GET", "HEAD", "OPTIONS");

    private Elsewhere() {
    }

    /** The path is known, but not with this method. */
    static void answer(Exchange exchange, Cors cors, List<String> allowed) {
        String methods = String.join(", ", allowed);
        if (exchange.request().method().equals(HttpMethod.OPTIONS)) {
            exchange.options(cors, methods);
            return;
        }
        exchange.answer(Problem.of(ProblemCode.METHOD_NOT_ALLOWED,
                "Expected one of the methods %s, but it is another".formatted(methods))
                .with(new Answer.Header(HttpHeaders.ALLOW.toString(), methods)));
    }

    /** The path is no operation's; there may be a document. */
    static void answer(Exchange exchange, Cors cors, @Nullable Answer document) {
        if (document == null) {
            exchange.answer(Problem.of(ProblemCode.NOT_FOUND,
                    "Expected a path of the contract (/openapi.yaml), but there is nothing here"));
        } else if (READING.subList(0, 2).contains(exchange.request().method().name())) {
            exchange.answer(document);
        } else {
            answer(exchange, cors, READING);
        }
    }
}
