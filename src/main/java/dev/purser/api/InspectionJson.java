package dev.purser.api;

import java.io.IOException;

import dev.purser.journal.WalletReports.Beside;
import dev.purser.journal.WalletReports.Found;
import dev.purser.journal.WalletReports.Given;
import dev.purser.journal.WalletReports.InPost;
import dev.purser.journal.WalletReports.Paid;

/** What an admin sees of a wallet beside its ledger. */
final class InspectionJson {

    private InspectionJson() {
    }

    static void write(JsonOut out, Beside beside) throws IOException {
        out.put("in_post", WalletJson.each(beside.inPost(), InspectionJson::inPost));
        out.put("payments", WalletJson.each(beside.payments(), InspectionJson::payment));
        out.put("given_on", WalletJson.each(beside.givenOn(), InspectionJson::given));
        out.put("webhooks", WalletJson.each(beside.webhooks(), line -> event -> WebhookOperations.write(event, line)));
    }

    static JsonBody found(Found found) {
        return out -> {
            out.put("wallet_id", found.walletId());
            out.put("balance", found.balance());
            out.put("held", found.held());
            out.put("debt", found.debt());
            out.put("status", found.status());
            out.put("updated_at", found.updatedAt());
        };
    }

    private static JsonBody inPost(InPost transfer) {
        return out -> {
            out.put("id", transfer.id());
            out.put("kind", transfer.kind());
            out.put("from", transfer.from());
            out.put("to", transfer.to());
            out.put("amount", transfer.amount());
            out.putIfAny("channel", transfer.channel());
            out.putIfAny("message", transfer.message());
            out.put("created_at", transfer.at());
        };
    }

    private static JsonBody payment(Paid payment) {
        return out -> {
            out.put("payment_intent_id", payment.id());
            out.put("pack_id", payment.packId());
            out.put("tokens", payment.tokens());
            out.put("bonus_tokens", payment.bonus());
            out.put("price", payment.price());
            out.put("currency", payment.currency());
            out.putIfAny("payer_id", payment.payer());
            out.put("refunded", payment.refunded());
            out.put("disputed", payment.disputed());
            out.put("frozen", payment.frozen());
            out.put("forgiven", payment.forgiven());
            out.put("created_at", payment.at());
        };
    }

    private static JsonBody given(Given given) {
        return out -> {
            out.put("payment_intent_id", given.paymentId());
            out.put("transfer_id", given.transferId());
            out.put("kind", given.kind());
            out.put("from", given.giver());
            out.put("to", given.recipient());
            out.put("amount", given.amount());
            out.put("set_aside", given.aside());
            out.put("taken", given.taken());
            out.put("updated_at", given.at());
        };
    }
}
