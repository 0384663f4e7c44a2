package dev.purser.api;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;

/**
 * A table on its way to a client as CSV, page by page as fast as the client reads. The first page is at hand.
 *
 * @param name what the file is called
 * @param header its first line
 */
record CsvExport(String name, String header, Page first) implements Answer {

    static final String CONTENT_TYPE = "text/csv; charset=utf-8";
    /** How many lines a page has. */
    static final int PAGE = 500;

    private static final int LINES_AT_ONCE = 25;

    /**
     * Some lines, and how to come by the next ones, if there may be any.
     */
    record Page(List<String> lines, @Nullable Supplier<Future<Page>> next) {

        /**
         * A page of what is numbered downwards.
         *
         * @param read answers at most {@link #PAGE} rows below a number
         */
        static <T> Future<Page> below(long before, LongFunction<Future<List<T>>> read, ToLongFunction<T> number,
                Function<T, String> line) {
            return read.apply(before).map(rows -> new Page(rows.stream().map(line).toList(), rows.size() < PAGE
                    ? null
                    : () -> below(number.applyAsLong(rows.getLast()), read, number, line)));
        }
    }

    static Future<Answer> start(String name, String header, Future<Page> first) {
        return Tables.answer(first, page -> new CsvExport(name, header, page));
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    public List<Header> headers() {
        return List.of(new Header("Content-Disposition", "attachment; filename=\"" + name + ".csv\""));
    }

    /** Writes it all; {@code progress} is run for each page. Fails when the client goes away or a page cannot be had. */
    Future<Void> writeTo(HttpServerResponse response, Runnable progress) {
        return response.write(header + "\r\n").compose(_ -> writeFrom(first, response, progress));
    }

    private static Future<Void> writeFrom(Page page, HttpServerResponse response, Runnable progress) {
        Future<Void> written = page.lines().isEmpty()
                ? Future.succeededFuture()
                : writeSome(page.lines(), 0, response, progress);
        Supplier<Future<Page>> next = page.next();
        return next == null
                ? written.compose(_ -> response.end())
                : written.compose(_ -> next.get()).compose(more -> writeFrom(more, response, progress));
    }

    /** A few lines at a time, so that a slow reader is seen to read. */
    private static Future<Void> writeSome(List<String> lines, int from, HttpServerResponse response,
            Runnable progress) {
        progress.run();
        int to = Math.min(from + LINES_AT_ONCE, lines.size());
        Future<Void> written = response.write(String.join("\r\n", lines.subList(from, to)) + "\r\n");
        return to == lines.size()
                ? written.compose(_ -> drained(response))
                : drained(response).compose(_ -> writeSome(lines, to, response, progress));
    }

    private static Future<Void> drained(HttpServerResponse response) {
        if (!response.writeQueueFull()) {
            return Future.succeededFuture();
        }
        Promise<Void> drained = Promise.promise();
        response.drainHandler(_ -> drained.tryComplete());
        response.exceptionHandler(drained::tryFail);
        response.closeHandler(_ -> drained.tryFail("The client went away"));
        return drained.future();
    }
}
