package dev.purser.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.purser.catalog.Catalog;
import dev.purser.catalog.Till;
import dev.purser.cluster.ClusterReport;
import dev.purser.journal.Accounts;
import dev.purser.journal.Purchases;
import dev.purser.journal.Reports;
import dev.purser.lane.Wallets;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/**
 * What the API needs of other rooms.
 *
 * @param mounted whole paths that another room answers, from the bare request on: a WebSocket, a webhook
 * @param replay looks anew at an event of Stripe, and answers what came of it; empty if there is no such event
 * @param cluster asks all nodes how they are
 */
public record ApiRooms(Wallets wallets, Reports reports, Accounts accounts, Catalog catalog, Till till,
        Purchases purchases, ApiMeter meter,
        Map<String, Handler<HttpServerRequest>> mounted, Function<String, Future<Optional<String>>> replay,
        Supplier<Future<ClusterReport>> cluster) {

    public ApiRooms {
        mounted = Map.copyOf(mounted);
    }

    /** With one more path that another room answers. */
    public ApiRooms mounting(String path, Handler<HttpServerRequest> handler) {
        Map<String, Handler<HttpServerRequest>> more = new HashMap<>(mounted);
        more.put(path, handler);
        return new ApiRooms(wallets, reports, accounts, catalog, till, purchases, meter, more, replay, cluster);
    }
}
