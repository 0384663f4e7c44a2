package dev.purser.api;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Collects a body up to a bound. What comes beyond it is not kept. */
final class BodyCollector {

    private static final byte[] NOTHING = {};

    private final int maxBytes;
    private final Consumer<byte[]> whole;
    private final Runnable tooLarge;
    private @Nullable Buffer collected;
    /** Whether what is collected is a buffer of our own making, that may be added to. */
    private boolean ours;
    private boolean over;

    private BodyCollector(int maxBytes, Consumer<byte[]> whole, Runnable tooLarge) {
        this.maxBytes = maxBytes;
        this.whole = whole;
        this.tooLarge = tooLarge;
    }

    /** Must be called before the request's head has been dealt with, or parts of the body would be missed. */
    static void collect(HttpServerRequest request, int maxBytes, Consumer<byte[]> whole, Runnable tooLarge) {
        BodyCollector collector = new BodyCollector(maxBytes, whole, tooLarge);
        if (announced(request) > maxBytes) {
            tooLarge.run();
            return;
        }
        request.handler(collector::add);
        request.endHandler(_ -> collector.end());
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException tooManyDigits) {
            return Long.MAX_VALUE;
        }
    }

    private void add(Buffer chunk) {
        if (over) {
            return;
        }
        Buffer before = collected;
        if (chunk.length() + (before == null ? 0 : before.length()) > maxBytes) {
            over = true;
            collected = null;
            tooLarge.run();
        } else if (before == null) {
            collected = chunk;
        } else {
            collected = ours ? before.appendBuffer(chunk) : Buffer.buffer().appendBuffer(before).appendBuffer(chunk);
            ours = true;
        }
    }

    private void end() {
        if (!over) {
            whole.accept(collected == null ? NOTHING : collected.getBytes());
        }
    }
}
