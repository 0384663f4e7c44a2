package dev.purser.api;

import java.util.List;

import dev.purser.journal.Reports.HistoryQuery;

/** Pages are read with one line more than is shown, which tells whether there is a next one. */
final class Pages {

    private Pages() {
    }

    static HistoryQuery oneMore(HistoryQuery query) {
        return of(query, query.beforeSeq(), query.limit() + 1);
    }

    static HistoryQuery of(HistoryQuery query, long beforeSeq, int limit) {
        return new HistoryQuery(query.walletId(), beforeSeq, query.kind(), query.from(), query.to(), limit);
    }

    static <T> List<T> first(List<T> lines, int limit) {
        return lines.size() > limit ? lines.subList(0, limit) : lines;
    }
}
