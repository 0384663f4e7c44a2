package dev.purser.api;

import dev.purser.lane.Post;
import dev.purser.wallet.Receipt;
import dev.purser.wallet.Transfer;

/** Transfers, as their senders see them. */
final class TransferJson {

    private TransferJson() {
    }

    static JsonBody sent(Transfer transfer, Receipt receipt, Post.State state) {
        return out -> {
            out.put("success", true);
            out.put("wallet_id", transfer.from());
            out.put("sender_balance", receipt.balance());
            out.put("transfer", (JsonBody) sent -> {
                sent.put("id", transfer.id());
                sent.put("kind", transfer.kind().text());
                sent.put("from", transfer.from());
                sent.put("to", transfer.to());
                sent.put("amount", transfer.amount());
                sent.putIfAny("channel", transfer.channel());
                sent.putIfAny("message", transfer.message());
                sent.put("state", state == Post.State.CREDITED ? "credited" : "in_post");
            });
            out.put("entry", WalletJson.entry(receipt.entries().getFirst(), null));
            ReceiptJson.numbers(out, receipt);
        };
    }
}
