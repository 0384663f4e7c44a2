package dev.purser.support;

import java.time.Duration;
import java.util.List;

import dev.purser.catalog.Catalog;
import dev.purser.catalog.Pack;
import dev.purser.catalog.Sale;
import dev.purser.catalog.Till;
import dev.purser.cluster.ClusterSettings;
import dev.purser.journal.DatabaseSettings;
import dev.purser.journal.Orders;
import dev.purser.lane.LaneSettings;
import dev.purser.lane.RateLimits;
import dev.purser.payments.StripeSettings;
import dev.purser.wallet.Terms;
import io.vertx.core.Future;

/** Settings for tests that are about something else: roomy, and without rate limits. */
public final class Defaults {

    public static final LaneSettings LANE = new LaneSettings(10_000, 32L << 20, Duration.ofMillis(200), 1_024, 2L << 20,
            Duration.ofSeconds(4),
            Duration.ofMinutes(10), 1_000_000, 50_000, RateLimits.OFF, Terms.FREE);

    public static final Pack SMALL = new Pack("small", 500, 0, 499, "usd", false);
    public static final Pack LARGE = new Pack("large", 5_000, 250, 4_499, "usd", false);
    public static final Catalog CATALOG = new Catalog(100_000, List.of(SMALL, LARGE));

    public static final Orders.Limits BUYERS = new Orders.Limits(10, 5, 5, Duration.ofMinutes(10));

    /** A till at which nothing is sold. */
    public static final Till NO_TILL = _ -> Future.succeededFuture(new Sale.Closed());

    public static final StripeSettings.Upkeep UPKEEP = new StripeSettings.Upkeep(Duration.ofMinutes(5),
            Duration.ofMinutes(15), false);

    private Defaults() {
    }

    public static DatabaseSettings database(String url) {
        return new DatabaseSettings(url, 8, 512, Duration.ofSeconds(4), Duration.ofSeconds(5));
    }

    public static ClusterSettings cluster(int port, List<String> members, int lanes) {
        return new ClusterSettings("purser", null, port, 0, members, lanes, Duration.ofSeconds(5), 1_000, null);
    }
}
