package dev.purser.journal;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Transfers, as the statement that reads them names their parts. */
final class TransferJson {

    private TransferJson() {
    }

    /** What is in a wallet's post; nothing when there is none. */
    static List<Transfer> read(@Nullable JsonArray stored) {
        if (stored == null) {
            return List.of();
        }
        List<Transfer> transfers = new ArrayList<>(stored.size());
        for (int i = 0; i < stored.size(); i++) {
            transfers.add(read(stored.getJsonObject(i)));
        }
        return List.copyOf(transfers);
    }

    private static Transfer read(JsonObject json) {
        return new Transfer(json.getString("id"), TransferKind.valueOf(Names.constant(json.getString("kind"))),
                json.getString("from_wallet"), json.getString("to_wallet"), json.getLong("amount"),
                json.getString("channel"), json.getString("message"));
    }
}
