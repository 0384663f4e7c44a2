package dev.purser.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Allowance;
import dev.purser.wallet.Entry;
import dev.purser.wallet.Hold;
import dev.purser.wallet.HoldState;
import dev.purser.wallet.Lot;
import dev.purser.wallet.Wallet;

/** A wallet and its parts, as clients see them. */
final class WalletJson {

    private WalletJson() {
    }

    static JsonBody balance(Wallet wallet) {
        return out -> {
            out.put("wallet_id", wallet.id());
            out.put("balance", wallet.balance());
            out.put("available", wallet.available());
            out.put("held", wallet.held());
            out.put("debt", wallet.debt());
            out.put("status", wallet.status().text());
            out.put("version", wallet.version());
            out.put("lots", each(wallet.lots(), WalletJson::lot));
            out.put("totals", totals -> {
                totals.put("purchased", wallet.totals().purchased());
                totals.put("spent", wallet.totals().spent());
                totals.put("earned", wallet.totals().earned());
            });
            out.put("last_updated", wallet.updatedAt());
            if (wallet.granted() > 0) {
                out.put("allowance", allowance(wallet.allowance()));
            }
        };
    }

    private static JsonBody allowance(Allowance allowance) {
        return out -> {
            out.put("granted", allowance.granted());
            out.put("left", allowance.left());
            out.put("level", allowance.level());
        };
    }

    private static JsonBody lot(Lot lot) {
        return out -> {
            out.put("source", lot.source().text());
            out.put("amount", lot.amount());
            out.put("expires_at", lot.expiresAt());
        };
    }

    static JsonBody hold(Hold hold, HoldState state) {
        return out -> {
            out.put("id", hold.id());
            out.put("amount", hold.amount());
            out.put("purpose", hold.purpose());
            out.put("expires_at", hold.expiresAt());
            out.put("state", state.text());
        };
    }

    /** {@code operationId} is what wrote the entry, where that is known. */
    static JsonBody entry(Entry entry, @Nullable String operationId) {
        return out -> {
            out.put("seq", entry.seq());
            out.put("kind", entry.kind().text());
            out.put("amount", entry.amount());
            out.put("held", entry.held());
            out.put("debt", entry.debt());
            out.put("balance_after", entry.balanceAfter());
            out.putIfAny("operation_id", operationId);
            out.putIfAny("description", entry.memo().description());
            out.putJson("metadata", entry.memo().metadata());
            out.putIfAny("payment_intent_id", entry.memo().paymentIntentId());
            out.putIfAny("related_wallet", entry.memo().relatedWallet());
            out.putIfAny("channel", entry.memo().channel());
            out.putIfAny("transfer_id", entry.memo().transferId());
            out.put("created_at", entry.at());
        };
    }

    static <T> List<JsonBody> each(Iterable<T> items, Function<? super T, JsonBody> write) {
        List<JsonBody> bodies = new ArrayList<>();
        items.forEach(item -> bodies.add(write.apply(item)));
        return bodies;
    }
}
