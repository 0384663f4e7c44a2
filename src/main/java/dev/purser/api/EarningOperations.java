package dev.purser.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.purser.api.contract.Fields;
import dev.purser.journal.EarningReports;
import dev.purser.journal.EarningReports.EarningLine;
import dev.purser.journal.EarningReports.EarningQuery;
import dev.purser.journal.EarningReports.EarningSum;
import dev.purser.wallet.Payout;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;

/** What a creator has earned, and what of it can be paid out. */
final class EarningOperations {

    private final WalletOperations wallets;
    private final EarningReports reports;
    private final ApiSettings.Earnings terms;

    EarningOperations(WalletOperations wallets, EarningReports reports, ApiSettings.Earnings terms) {
        this.wallets = wallets;
        this.reports = reports;
        this.terms = terms;
    }

    void bind(Map<String, ApiHandler> handlers) {
        handlers.put("getOwnEarnings", this::earnings);
        handlers.put("getEarnings", this::earnings);
    }

    private Future<Answer> earnings(Call call) {
        Long before = Cursor.number(call.parameters(), filters(query(call, 0)));
        if (before == null) {
            return Future.succeededFuture(Cursor.refused());
        }
        EarningQuery query = query(call, before);
        return wallets.whenSeen(call, wallet -> call.wantsCsv()
                ? CsvExport.start("earnings", CsvLines.EARNINGS, CsvExport.Page.below(query.beforeSeq(),
                        below -> reports.page(query.at(below, CsvExport.PAGE)), EarningLine::seq,
                        line -> CsvLines.of(line, terms.currency())))
                : page(wallet, query));
    }

    private static EarningQuery query(Call call, long before) {
        Fields wanted = call.parameters();
        return new EarningQuery(call.walletId(), before, wanted.optionalTime("from"), wanted.optionalTime("to"),
                (int) wanted.integer("limit"));
    }

    private static String filters(EarningQuery query) {
        return "earnings " + query.walletId() + " " + query.from() + " " + query.to();
    }

    private Future<Answer> page(Wallet wallet, EarningQuery query) {
        Future<List<EarningSum>> sums = reports.sums(query);
        Future<List<EarningLine>> lines = reports.page(query.at(query.beforeSeq(), query.limit() + 1));
        Future<Long> old = reports.earnedBefore(wallet.id(), Instant.now().minus(terms.safetyPeriod()));
        return Tables.answer(Future.all(sums, lines, old), _ -> Answer.Json.ok(out -> {
            long payable = Payout.payable(wallet, old.result());
            out.put("wallet_id", wallet.id());
            out.put("currency", terms.currency());
            out.put("tokens", sums.result().stream().mapToLong(EarningSum::tokens).sum());
            out.put("cents", sums.result().stream().mapToLong(EarningSum::cents).sum());
            out.put("by_kind", WalletJson.each(sums.result(), EarningOperations::sum));
            out.put("payable_tokens", payable);
            out.put("payable_cents", terms.rate().valueOf(payable));
            out.put("earnings", WalletJson.each(Pages.first(lines.result(), query.limit()), EarningOperations::line));
            out.put("next_cursor", next(query, lines.result()));
        }));
    }

    private static @Nullable String next(EarningQuery query, List<EarningLine> lines) {
        return lines.size() <= query.limit()
                ? null
                : Cursor.of(filters(query), String.valueOf(lines.get(query.limit() - 1).seq()));
    }

    private static JsonBody sum(EarningSum sum) {
        return out -> {
            out.put("kind", sum.kind().text());
            out.put("count", sum.count());
            out.put("tokens", sum.tokens());
            out.put("cents", sum.cents());
        };
    }

    private static JsonBody line(EarningLine line) {
        return out -> {
            out.put("seq", line.seq());
            out.put("kind", line.kind().text());
            out.put("tokens", line.tokens());
            out.put("cents", line.cents());
            out.put("payer", line.payer());
            out.put("transfer_id", line.transferId());
            out.put("created_at", line.at());
        };
    }
}
