package dev.purser.api;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.EarningReports.EarningLine;
import dev.purser.journal.Reports.LedgerLine;
import dev.purser.wallet.Entry;

/** Lines of CSV (RFC 4180) that a spreadsheet takes for text where they are text. */
final class CsvLines {

    static final String LEDGER = "seq,created_at,kind,amount,held,debt,balance_after,operation_id,description,"
            + "payment_intent_id,related_wallet,channel,metadata,transfer_id";

    static final String EARNINGS = "seq,created_at,kind,tokens,cents,currency,payer,transfer_id";

    private CsvLines() {
    }

    static String of(LedgerLine line) {
        Entry entry = line.entry();
        StringBuilder csv = new StringBuilder(128).append(entry.seq()).append(',').append(entry.at()).append(',')
                .append(entry.kind().text()).append(',').append(entry.amount()).append(',').append(entry.held())
                .append(',').append(entry.debt()).append(',').append(entry.balanceAfter());
        text(csv, line.operationId());
        text(csv, entry.memo().description());
        text(csv, entry.memo().paymentIntentId());
        text(csv, entry.memo().relatedWallet());
        text(csv, entry.memo().channel());
        text(csv, entry.memo().metadata());
        text(csv, entry.memo().transferId());
        return csv.toString();
    }

    static String of(EarningLine line, String currency) {
        StringBuilder csv = new StringBuilder(128).append(line.seq()).append(',').append(line.at()).append(',')
                .append(line.kind().text()).append(',').append(line.tokens()).append(',').append(line.cents())
                .append(',').append(currency);
        text(csv, line.payer());
        text(csv, line.transferId());
        return csv.toString();
    }

    private static void text(StringBuilder csv, @Nullable String text) {
        csv.append(',');
        if (text == null || text.isEmpty()) {
            return;
        }
        csv.append('"');
        if ("=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            csv.append('\'');
        }
        csv.append(text.replace("\"", "\"\"")).append('"');
    }
}
