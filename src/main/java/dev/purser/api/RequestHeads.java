package dev.purser.api;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.purser.api.contract.Endpoint;
import dev.purser.api.contract.Violation;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Finds what is wrong with a request before anything is done for it. */
final class RequestHeads {

    private static final String JSON = "application/json";

    private RequestHeads() {
    }

    /** {@code keys} are the request's {@code Idempotency-Key} headers. */
    static @Nullable Problem problem(HttpServerRequest request, Endpoint endpoint, List<String> keys) {
        if (keys.size() > 1 || (keys.size() == 1 && IdempotencyKeys.parse(keys.getFirst()) == null)) {
            return Problem.refusal(ProblemCode.INVALID_KEY,
                    "Expected one Idempotency-Key of 1 to 255 visible ASCII characters, but it is not");
        }
        if (endpoint.takesBody() && !hasRightType(request, endpoint)) {
            return Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "Expected the Content-Type application/json, but it is "
                            + (request.getHeader(HttpHeaders.CONTENT_TYPE) == null ? "missing" : "another"));
        }
        if (endpoint.takesBody() && isPacked(request)) {
            return Problem.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "Expected a body as it is, but its Content-Encoding says that it is packed");
        }
        return null;
    }

    private static boolean hasRightType(HttpServerRequest request, Endpoint endpoint) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            return !endpoint.requiresBody() && !hasBody(request);
        }
        if (type.equals(JSON)) {
            return true;
        }
        int semicolon = type.indexOf(';');
        String essence = (semicolon < 0 ? type : type.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
        String rest = semicolon < 0 ? "" : type.substring(semicolon + 1).trim().toLowerCase(Locale.ROOT);
        return essence.equals(JSON)
                && (rest.isEmpty() || rest.equals("charset=utf-8") || rest.equals("charset=\"utf-8\""));
    }

    /** Nothing is ever unpacked: a small body could become a huge one. */
    private static boolean isPacked(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.CONTENT_ENCODING)
                && !request.headers().getAll(HttpHeaders.CONTENT_ENCODING).equals(List.of("identity"));
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    static Problem tooLarge(int maxBytes) {
        return Problem.refusal(ProblemCode.BODY_TOO_LARGE,
                "Expected a body of at most %d bytes, but it is larger".formatted(maxBytes));
    }

    static Problem invalid(List<Violation> violations) {
        String detail = violations.getFirst().detail();
        return Problem.of(ProblemCode.INVALID_REQUEST, detail)
                .with((JsonBody) out -> out.put("errors", WalletJson.each(violations, RequestHeads::violation)));
    }

    private static JsonBody violation(Violation violation) {
        return out -> {
            out.put("pointer", violation.where());
            out.put("expected", violation.expected());
            out.put("detail", violation.detail());
        };
    }
}
