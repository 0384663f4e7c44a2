package dev.purser.live;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;

/** A client at a stream of server-sent events. */
final class LiveStream implements Line {

    private final HttpServerResponse response;
    /** It is for this stream alone. */
    private final HttpConnection connection;
    private final LiveMeter meter;

    LiveStream(HttpServerRequest request, LiveMeter meter) {
        this.response = request.response();
        this.connection = request.connection();
        this.meter = meter;
    }

    void serve(Session its) {
        response.setWriteQueueMaxSize(MOST_UNSENT);
        response.drainHandler(_ -> its.drained());
        response.exceptionHandler(_ -> its.left());
        response.closeHandler(_ -> its.left());
        response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store").putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                // Proxies that collect an answer before they pass it on are asked not to.
                .putHeader("X-Accel-Buffering", "no");
        write(": live\n\n");
    }

    @Override
    public boolean isFull() {
        return response.writeQueueFull();
    }

    @Override
    public void write(Shown shown) {
        meter.shown();
        write("id: " + shown.version() + "\nevent: balance\ndata: " + shown.json() + "\n\n");
    }

    /** Without an id: it is part of what its wallet has come to. */
    @Override
    public void write(Warning warning) {
        write("event: warning\ndata: " + warning.json() + "\n\n");
    }

    @Override
    public void writeCurrent(long version) {
        write("id: " + version + "\nevent: current\ndata: {\"type\":\"current\",\"version\":" + version + "}\n\n");
    }

    /** Nobody answers a comment; but who is gone cannot be sent one for long. */
    @Override
    public boolean ping() {
        if (!isFull()) {
            write(": still here\n\n");
        }
        return isFull();
    }

    @Override
    public void close(Farewell why) {
        if (!response.closed() && !response.ended()) {
            response.end("event: " + why.label() + "\ndata: {\"reason\":\"" + why.text() + "\"}\n\n")
                    .onComplete(_ -> connection.close());
        }
        if (connection instanceof HttpServerConnection known) {
            Channels.closeSoon(known.channelHandlerContext());
        }
    }

    private void write(String text) {
        if (!response.closed() && !response.ended()) {
            response.write(text);
        }
    }
}
