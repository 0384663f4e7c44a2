package dev.purser.api;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.api.contract.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** A request and its answer, of which there is exactly one: the first that is given. */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("x-content-type-options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    private static final int LARGE = 16 << 10;

    private final HttpServerRequest request;
    private final Connections connections;
    private final SharedRoom<Exchange> unread;
    private final Cors cors;
    private final ApiMeter meter;
    private final String requestId;
    private final long startedAt = System.nanoTime();
    private @Nullable Endpoint endpoint;
    private @Nullable Runnable whenOver;
    private boolean answered;
    private boolean keyed;
    private boolean handed;

    Exchange(HttpServerRequest request, Connections connections, SharedRoom<Exchange> unread, Cors cors,
            ApiMeter meter) {
        this.request = request;
        this.connections = connections;
        this.unread = unread;
        this.cors = cors;
        this.meter = meter;
        this.requestId = RequestIds.of(request);
    }

    HttpServerRequest request() {
        return request;
    }

    String requestId() {
        return requestId;
    }

    /** The operation, once it is known; and whether the request has a key. */
    void concerns(Endpoint operation, boolean hasKey) {
        endpoint = operation;
        keyed = hasKey;
    }

    @Nullable
    Endpoint endpoint() {
        return endpoint;
    }

    boolean hasKey() {
        return keyed;
    }

    boolean isAnswered() {
        return answered;
    }

    long startedAt() {
        return startedAt;
    }

    /** {@code task} is run when the exchange has been answered; several are, in order. */
    void whenOver(Runnable task) {
        Runnable before = whenOver;
        whenOver = before == null ? task : () -> {
            before.run();
            task.run();
        };
    }

    /** From here on it is somebody else's matter what becomes of the request. */
    void handed() {
        handed = true;
    }

    boolean wasHanded() {
        return handed;
    }

    void answer(Answer answer) {
        if (answered) {
            return;
        }
        answered = true;
        HttpServerResponse response = request.response();
        if (!response.closed()) {
            Answer complete = answer instanceof Problem problem ? complete(problem) : answer;
            head(response, complete);
            body(response, complete);
        }
        over(answer.status());
    }

    private Problem complete(Problem problem) {
        return endpoint != null && endpoint.isKeyed() ? problem.ofWrite() : problem.ofRead();
    }

    /** Answers which methods there are, and a browser's question whether it may use them. */
    void options(Cors policy, String methods) {
        answered = true;
        HttpServerResponse response = request.response().setStatusCode(204).putHeader(HttpHeaders.ALLOW, methods)
                .putHeader(RequestIds.HEADER, requestId);
        policy.preflight(request, response, methods);
        response.end();
        over(204);
    }

    private void over(int status) {
        String operation = endpoint == null ? ApiMeter.NO_OPERATION : endpoint.id();
        meter.answered(operation, status, System.nanoTime() - startedAt);
        if (whenOver != null) {
            whenOver.run();
        }
    }

    private void head(HttpServerResponse response, Answer answer) {
        response.setStatusCode(answer.status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, contentType(answer));
        response.putHeader(CONTENT_TYPE_OPTIONS, NOSNIFF);
        response.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        response.putHeader(RequestIds.HEADER, requestId);
        for (Answer.Header header : answer.headers()) {
            response.putHeader(header.name(), header.value());
        }
        cors.allow(request, response);
    }

    private static CharSequence contentType(Answer answer) {
        return switch (answer) {
            case Answer.Json _ -> JSON;
            case Problem _ -> Problem.CONTENT_TYPE;
            case Answer.Document document -> document.contentType();
            case CsvExport _ -> CsvExport.CONTENT_TYPE;
        };
    }

    private void body(HttpServerResponse response, Answer answer) {
        switch (answer) {
            case Answer.Json json -> end(response, JsonOut.object(json.body()));
            case Problem problem -> end(response, JsonOut.object(problem));
            case Answer.Document document -> end(response, document.content());
            case CsvExport export -> stream(response, export);
        }
    }

    /** A large answer is kept for as long as its reader takes, unless others need the room. */
    private void end(HttpServerResponse response, Buffer content) {
        Future<Void> sent = response.end(content);
        if (content.length() >= LARGE && !sent.isComplete()) {
            unread.take(this, content.length());
            sent.onComplete(_ -> unread.leave(this));
        }
    }

    void abandon() {
        request.connection().close();
    }

    private void stream(HttpServerResponse response, CsvExport export) {
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
            return;
        }
        response.setChunked(true);
        export.writeTo(response, () -> connections.used(request.connection())).onFailure(failure -> {
            LOG.warn("Expected to export a ledger to its end, but broke off: {} (request {})", failure.getMessage(),
                    requestId);
            response.reset();
        });
    }
}
