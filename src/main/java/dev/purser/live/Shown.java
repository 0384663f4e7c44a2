package dev.purser.live;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.News;
import dev.purser.wallet.Allowance;
import io.vertx.core.json.JsonObject;

/**
 * How a wallet stands, and the one text in which all who watch it are told.
 *
 * @param warning null while its allowance is not near its end
 */
record Shown(String walletId, long version, String json, @Nullable Warning warning) {

    static Shown of(News news) {
        JsonObject json = new JsonObject().put("type", "balance").put("wallet_id", news.walletId())
                .put("version", news.version()).put("balance", news.balance()).put("available", news.available())
                .put("held", news.held()).put("debt", news.debt()).put("status", news.status().text());
        News.Cause cause = news.cause();
        if (cause != null) {
            json.put("cause", new JsonObject().put("kind", cause.kind().text()).put("amount", cause.amount())
                    .put("seq", cause.seq()));
        }
        Allowance allowance = news.allowance();
        if (allowance != null) {
            json.put("allowance", new JsonObject().put("granted", allowance.granted()).put("left", allowance.left())
                    .put("level", allowance.level()));
        }
        return new Shown(news.walletId(), news.version(), json.encode(), Warning.of(allowance));
    }
}
