package dev.purser.api;

import java.io.IOException;
import java.util.Map;

import dev.purser.catalog.Catalog;
import dev.purser.catalog.Pack;
import io.vertx.core.Future;

/** The price list as a buyer sees it. */
final class CatalogOperations {

    private final Answer packs;

    CatalogOperations(Catalog catalog) {
        this.packs = Answer.Json.ok(out -> out.put("packs",
                WalletJson.each(catalog.onSale(), pack -> of -> write(of, pack))));
    }

    void bind(Map<String, ApiHandler> handlers) {
        handlers.put("getPacks", _ -> Future.succeededFuture(packs));
    }

    static void write(JsonOut out, Pack pack) throws IOException {
        out.put("id", pack.id());
        out.put("tokens", pack.tokens());
        out.put("bonus_tokens", pack.bonus());
        out.put("total_tokens", pack.total());
        out.put("price", pack.price());
        out.put("currency", pack.currency());
    }
}
