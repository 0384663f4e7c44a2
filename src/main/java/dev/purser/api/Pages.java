package dev.purser.api;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.Reports.HistoryQuery;
import io.vertx.core.Future;

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

    /**
     * Answers a page of what is kept by time, the latest first.
     *
     * @param name what the lines are called
     * @param filters which of them are wanted; a cursor is good for the same ones only
     * @param moment where a line stands in time
     */
    static <T> Future<Answer> latestFirst(Call call, String name, String filters,
            Function<Place, Future<List<T>>> read, Function<T, Cursor.Moment> moment, Function<T, JsonBody> write) {
        String cursor = call.parameters().optionalText("cursor");
        Cursor.Moment after = cursor == null ? null : Cursor.moment(filters, cursor);
        if (cursor != null && after == null) {
            return Future.succeededFuture(Cursor.refused());
        }
        int limit = (int) call.parameters().integer("limit");
        Place place = new Place(after == null ? null : after.at(), after == null ? null : after.id(), limit + 1);
        return Tables.answer(read.apply(place), found -> Answer.Json.ok(out -> {
            List<T> page = first(found, limit);
            out.put(name, WalletJson.each(page, write));
            out.put("next_cursor",
                    page.size() == found.size() ? null : moment.apply(page.getLast()).cursor(filters));
        }));
    }

    /** Where a page begins, before a time and an id, or at the latest; and how many lines are read of it. */
    record Place(@Nullable Instant before, @Nullable String beforeId, int limit) {
    }

    static <T> List<T> first(List<T> lines, int limit) {
        return lines.size() > limit ? lines.subList(0, limit) : lines;
    }
}
