package dev.purser.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.Reports.LedgerLine;
import dev.purser.wallet.Entry;

/** Lines of CSV (RFC 4180) that a spreadsheet takes for text where they are text. */
final class CsvLines {

    static final String HEADER = "seq,created_at,kind,amount,held,debt,balance_after,operation_id,description,"
            + "payment_intent_id,related_wallet,channel,metadata,transfer_id\r\n";

    private CsvLines() {
    }

    static String of(List<LedgerLine> lines) {
        StringBuilder csv = new StringBuilder(lines.size() * 128);
        for (LedgerLine line : lines) {
            Entry entry = line.entry();
            csv.append(entry.seq()).append(',').append(entry.at()).append(',').append(entry.kind().text()).append(',')
                    .append(entry.amount()).append(',').append(entry.held()).append(',').append(entry.debt())
                    .append(',').append(entry.balanceAfter());
            text(csv, line.operationId());
            text(csv, entry.memo().description());
            text(csv, entry.memo().paymentIntentId());
            text(csv, entry.memo().relatedWallet());
            text(csv, entry.memo().channel());
            text(csv, entry.memo().metadata());
            text(csv, entry.memo().transferId());
            csv.append("\r\n");
        }
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
