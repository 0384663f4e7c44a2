package dev.purser.api;

import java.util.List;

import dev.purser.journal.Reports;
import dev.purser.journal.Reports.HistoryQuery;
import dev.purser.journal.Reports.LedgerLine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;

/** A ledger on its way to a client as CSV, page by page as fast as the client reads. The first page is at hand. */
record CsvExport(Reports reports, HistoryQuery query, List<LedgerLine> firstPage) implements Answer {

    static final String CONTENT_TYPE = "text/csv; charset=utf-8";

    private static final int PAGE = 500;
    private static final int LINES_AT_ONCE = 25;

    static Future<Answer> start(Reports reports, HistoryQuery query) {
        HistoryQuery first = Pages.of(query, query.beforeSeq(), PAGE);
        return Tables.answer(reports.history(first), lines -> new CsvExport(reports, first, lines));
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    public List<Header> headers() {
        return List.of(new Header("Content-Disposition", "attachment; filename=\"history.csv\""));
    }

    /** Writes it all; {@code progress} is run for each page. Fails when the client goes away or a page cannot be had. */
    Future<Void> writeTo(HttpServerResponse response, Runnable progress) {
        return response.write(CsvLines.HEADER).compose(_ -> writeFrom(firstPage, response, progress));
    }

    private Future<Void> writeFrom(List<LedgerLine> page, HttpServerResponse response, Runnable progress) {
        if (page.isEmpty()) {
            return response.end();
        }
        Future<Void> written = writeSome(page, 0, response, progress);
        if (page.size() < PAGE) {
            return written.compose(_ -> response.end());
        }
        long last = page.getLast().entry().seq();
        return written.compose(_ -> reports.history(Pages.of(query, last, PAGE)))
                .compose(next -> writeFrom(next, response, progress));
    }

    /** A few lines at a time, so that a slow reader is seen to read. */
    private static Future<Void> writeSome(List<LedgerLine> page, int from, HttpServerResponse response,
            Runnable progress) {
        progress.run();
        int to = Math.min(from + LINES_AT_ONCE, page.size());
        Future<Void> written = response.write(CsvLines.of(page.subList(from, to)));
        return to == page.size()
                ? written.compose(_ -> drained(response))
                : drained(response).compose(_ -> writeSome(page, to, response, progress));
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
