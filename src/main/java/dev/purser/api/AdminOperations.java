package dev.purser.api;

import java.util.List;
import java.util.Map;

import dev.purser.journal.Reports;
import dev.purser.journal.Reports.AuditLine;
import dev.purser.journal.Reports.AuditQuery;
import dev.purser.journal.Reports.Debtor;
import dev.purser.journal.Reports.HistoryQuery;
import dev.purser.wallet.HoldState;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;

/** What those who run the service look at. */
final class AdminOperations {

    private static final int LATEST = 20;

    private final WalletOperations wallets;
    private final Reports reports;

    AdminOperations(WalletOperations wallets, Reports reports) {
        this.wallets = wallets;
        this.reports = reports;
    }

    void bind(Map<String, ApiHandler> handlers) {
        handlers.put("findWallets", this::find);
        handlers.put("inspectWallet", call -> wallets.whenSeen(call, this::inspection));
        handlers.put("listDebts", this::debts);
        handlers.put("listAudit", this::audit);
    }

    private Future<Answer> inspection(Wallet wallet) {
        HistoryQuery latest = new HistoryQuery(wallet.id(), Long.MAX_VALUE, null, null, null, LATEST);
        return Tables.found(reports.history(latest), lines -> Tables.answer(
                reports.wallets().beside(wallet.id(), LATEST), beside -> Answer.Json.ok(out -> {
                    out.put("wallet", WalletJson.balance(wallet));
                    out.put("holds", WalletJson.each(wallet.holds(), hold -> WalletJson.hold(hold, HoldState.OPEN)));
                    out.put("entries",
                            WalletJson.each(lines, line -> WalletJson.entry(line.entry(), line.operationId())));
                    InspectionJson.write(out, beside);
                })));
    }

    private Future<Answer> find(Call call) {
        int limit = (int) call.parameters().integer("limit");
        return Tables.answer(reports.wallets().find(call.parameters().text("find"), limit),
                found -> Answer.Json.ok(out -> out.put("wallets", WalletJson.each(found, InspectionJson::found))));
    }

    private Future<Answer> debts(Call call) {
        String filters = "debts";
        String cursor = call.parameters().optionalText("cursor");
        String after = cursor == null ? "" : Cursor.position(filters, cursor);
        if (after == null) {
            return Future.succeededFuture(Cursor.refused());
        }
        int limit = (int) call.parameters().integer("limit");
        return Tables.answer(reports.debts(after, limit + 1), found -> Answer.Json.ok(out -> {
            List<Debtor> page = Pages.first(found, limit);
            out.put("debts", WalletJson.each(page, AdminOperations::debtor));
            out.put("next_cursor",
                    page.size() == found.size() ? null : Cursor.of(filters, page.getLast().walletId()));
        }));
    }

    private static JsonBody debtor(Debtor debtor) {
        return out -> {
            out.put("wallet_id", debtor.walletId());
            out.put("debt", debtor.debt());
            out.put("balance", debtor.balance());
            out.put("held", debtor.held());
            out.put("status", debtor.status());
            out.put("updated_at", debtor.updatedAt());
        };
    }

    private Future<Answer> audit(Call call) {
        String walletId = call.parameters().optionalText("wallet_id");
        return Pages.latestFirst(call, "lines", "audit " + walletId,
                place -> reports.audit(new AuditQuery(walletId, place.before(), place.beforeId(), place.limit())),
                line -> new Cursor.Moment(line.at(), line.operationId()), AdminOperations::auditLine);
    }

    private static JsonBody auditLine(AuditLine line) {
        return out -> {
            out.put("wallet_id", line.walletId());
            out.put("operation_id", line.operationId());
            out.put("action", line.action());
            out.put("subject", line.subject());
            out.put("reason", line.reason());
            out.put("amount", line.amount());
            out.put("created_at", line.at());
        };
    }
}
