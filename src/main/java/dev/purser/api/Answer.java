package dev.purser.api;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Quota;
import io.vertx.core.buffer.Buffer;

/** What a request is answered with. */
sealed interface Answer permits Answer.Json, Answer.Document, Problem, CsvExport {

    /** A header of an answer. */
    record Header(String name, String value) {
    }

    int status();

    List<Header> headers();

    /** It went well. {@code replayed} when it went so before, under the same key. */
    record Json(int status, JsonBody body, boolean replayed, @Nullable Quota quota) implements Answer {

        static Json ok(JsonBody body) {
            return new Json(200, body, false, null);
        }

        @Override
        public List<Header> headers() {
            List<Header> limits = RateLimitHeaders.of(quota);
            return replayed ? with(limits, new Header("Idempotency-Replayed", "true")) : limits;
        }
    }

    /** Bytes that are always the same, or that they are still what the caller has. */
    record Document(int status, String contentType, Buffer content, List<Header> headers) implements Answer {

        static Document of(String contentType, String text) {
            return new Document(200, contentType, Buffer.buffer(text), List.of());
        }
    }

    static List<Header> with(List<Header> headers, Header more) {
        return Stream.concat(headers.stream(), Stream.of(more)).toList();
    }
}
