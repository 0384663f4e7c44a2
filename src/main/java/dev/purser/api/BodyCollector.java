package dev.purser.api;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Collects a body up to a bound. What comes beyond it is not kept, and nothing is once the exchange is answered. */
final class BodyCollector {

    private static final byte[] NOTHING = {};
    private static final int RETRY_AFTER_SECONDS = 1;

    private final Exchange exchange;
    private final int maxBytes;
    private final SharedRoom<BodyCollector> room;
    private final Consumer<byte[]> whole;
    private @Nullable Buffer collected;
    /** Whether what is collected is a buffer of our own making, that may be added to. */
    private boolean ours;
    private int taken;
    private boolean over;

    private BodyCollector(Exchange exchange, int maxBytes, SharedRoom<BodyCollector> room,
            Consumer<byte[]> whole) {
        this.exchange = exchange;
        this.maxBytes = maxBytes;
        this.room = room;
        this.whole = whole;
    }

    /** Must be called before any of the body has been let through, or parts of it would be missed. */
    static void collect(Exchange exchange, int maxBytes, SharedRoom<BodyCollector> room, Consumer<byte[]> whole) {
        HttpServerRequest request = exchange.request();
        BodyCollector collector = new BodyCollector(exchange, maxBytes, room, whole);
        if (announced(request) > maxBytes) {
            exchange.answer(RequestHeads.tooLarge(maxBytes));
            return;
        }
        exchange.whenOver(collector::stop);
        request.handler(collector::add);
        request.endHandler(_ -> collector.end());
        request.exceptionHandler(_ -> collector.broken());
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
        if (taken + chunk.length() > maxBytes) {
            exchange.answer(RequestHeads.tooLarge(maxBytes));
        } else {
            // The first chunk is most often the whole: it is only copied when there is more.
            if (collected == null) {
                collected = chunk;
            } else {
                collected = (ours ? collected : Buffer.buffer().appendBuffer(collected)).appendBuffer(chunk);
                ours = true;
            }
            taken += chunk.length();
            room.take(this, chunk.length());
        }
    }

    /** Others need the room. */
    void turnedOut() {
        exchange.answer(Outcomes.unavailable("overloaded", RETRY_AFTER_SECONDS).with(Problem.Effect.NOT_APPLIED));
    }

    /** The rest of it will not come. */
    private void broken() {
        exchange.answer(Overdue.incomplete());
    }

    private void end() {
        if (!over) {
            room.leave(this);
            whole.accept(collected == null ? NOTHING : collected.getBytes());
        }
    }

    /** The exchange is answered: what has been kept is no longer needed. */
    private void stop() {
        over = true;
        collected = null;
        room.leave(this);
    }
}
