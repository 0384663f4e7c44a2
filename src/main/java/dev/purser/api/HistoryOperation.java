package dev.purser.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.purser.api.contract.Fields;
import dev.purser.journal.Reports;
import dev.purser.journal.Reports.HistoryQuery;
import dev.purser.journal.Reports.LedgerLine;
import dev.purser.wallet.EntryKind;
import io.vertx.core.Future;

/** A wallet's ledger, in pages or all of it as CSV. */
final class HistoryOperation {

    private final WalletOperations wallets;
    private final Reports reports;

    HistoryOperation(WalletOperations wallets, Reports reports) {
        this.wallets = wallets;
        this.reports = reports;
    }

    void bind(Map<String, ApiHandler> handlers) {
        handlers.put("getOwnHistory", this::history);
        handlers.put("getHistory", this::history);
    }

    private Future<Answer> history(Call call) {
        Long before = Cursor.number(call.parameters(), filters(query(call, 0)));
        if (before == null) {
            return Future.succeededFuture(Cursor.refused());
        }
        HistoryQuery query = query(call, before);
        return wallets.whenSeen(call, _ -> call.wantsCsv()
                ? CsvExport.start("history", CsvLines.LEDGER, CsvExport.Page.below(query.beforeSeq(),
                        below -> reports.history(Pages.of(query, below, CsvExport.PAGE)), line -> line.entry().seq(),
                        CsvLines::of))
                : page(query));
    }

    private static HistoryQuery query(Call call, long before) {
        Fields wanted = call.parameters();
        String kind = wanted.optionalText("kind");
        return new HistoryQuery(call.walletId(), before,
                kind == null ? null : EntryKind.valueOf(kind.toUpperCase(Locale.ROOT)), wanted.optionalTime("from"),
                wanted.optionalTime("to"), (int) wanted.integer("limit"));
    }

    private static String filters(HistoryQuery query) {
        return "history " + query.walletId() + " " + query.kind() + " " + query.from() + " " + query.to();
    }

    private Future<Answer> page(HistoryQuery query) {
        return Tables.answer(reports.history(Pages.oneMore(query)), lines -> Answer.Json.ok(out -> {
            List<LedgerLine> page = Pages.first(lines, query.limit());
            out.put("wallet_id", query.walletId());
            out.put("entries",
                    WalletJson.each(page, line -> WalletJson.entry(line.entry(), line.operationId())));
            out.put("next_cursor", page.size() == lines.size()
                    ? null
                    : Cursor.of(filters(query), String.valueOf(page.getLast().entry().seq())));
        }));
    }
}
