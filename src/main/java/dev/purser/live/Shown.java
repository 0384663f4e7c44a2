package dev.purser.live;

import dev.purser.lane.News;
import io.vertx.core.json.JsonObject;

/** How a wallet stands, and the one text in which all who watch it are told. */
record Shown(String walletId, long version, String json) {

    static Shown of(News news) {
        JsonObject json = new JsonObject().put("type", "balance").put("wallet_id", news.walletId())
                .put("version", news.version()).put("balance", news.balance()).put("available", news.available())
                .put("held", news.held()).put("debt", news.debt()).put("status", news.status().text());
        News.Cause cause = news.cause();
        if (cause != null) {
            json.put("cause", new JsonObject().put("kind", cause.kind().text()).put("amount", cause.amount())
                    .put("seq", cause.seq()));
        }
        return new Shown(news.walletId(), news.version(), json.encode());
    }
}
