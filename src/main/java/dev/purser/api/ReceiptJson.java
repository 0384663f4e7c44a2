package dev.purser.api;

import java.io.IOException;

import dev.purser.wallet.Entry;
import dev.purser.wallet.Fact;
import dev.purser.wallet.Receipt;

/** Receipts, as clients see them. */
final class ReceiptJson {

    private ReceiptJson() {
    }

    static JsonBody spent(String walletId, Receipt receipt) {
        Entry entry = receipt.entries().getFirst();
        return out -> {
            head(out, walletId);
            out.put("new_balance", receipt.balance());
            out.put("message", spentText(entry));
            out.put("entry", WalletJson.entry(entry, null));
            numbers(out, receipt);
        };
    }

    static JsonBody hold(String walletId, Receipt receipt) {
        return out -> {
            head(out, walletId);
            hold(out, receipt);
            numbers(out, receipt);
        };
    }

    static JsonBody settled(String walletId, Receipt receipt) {
        return out -> {
            head(out, walletId);
            hold(out, receipt);
            out.put("entry", WalletJson.entry(receipt.entries().getFirst(), null));
            numbers(out, receipt);
        };
    }

    static JsonBody written(String walletId, Receipt receipt) {
        return out -> {
            head(out, walletId);
            out.put("entries", WalletJson.each(receipt.entries(), entry -> WalletJson.entry(entry, null)));
            numbers(out, receipt);
        };
    }

    private static void head(JsonOut out, String walletId) throws IOException {
        out.put("success", true);
        out.put("wallet_id", walletId);
    }

    private static void hold(JsonOut out, Receipt receipt) throws IOException {
        Fact.HoldChanged changed = receipt.hold();
        if (changed != null) {
            out.put("hold", WalletJson.hold(changed.hold(), changed.state()));
        }
    }

    static void numbers(JsonOut out, Receipt receipt) throws IOException {
        out.put("balance", receipt.balance());
        out.put("available", receipt.available());
        out.put("held", receipt.held());
        out.put("debt", receipt.debt());
        out.put("status", receipt.status().text());
        out.put("version", receipt.version());
    }

    private static String spentText(Entry entry) {
        long spent = -entry.amount();
        return "Spent " + spent + (spent == 1 ? " token, " : " tokens, ") + entry.balanceAfter() + " left";
    }
}
