package dev.purser.bench.rivals;

import java.util.concurrent.TimeUnit;

import dev.purser.lane.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/** A rival on PostgreSQL, with a pool of connections. */
abstract class SqlRival extends Rival {

    private static final String LOOK = "select version, balance from rival_wallets where id = $1";

    private final Pool pool;

    SqlRival(Vertx vertx, String url, int connections) {
        // Those that are not used close: the many sizes that are tried must not weigh on the one that is measured.
        pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections).setMaxWaitQueueSize(-1).setIdleTimeout(2)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS).setPoolCleanerPeriod(1_000))
                .connectingTo(PgConnectOptions.fromUri(url).setCachePreparedStatements(true))
                .using(vertx).build();
    }

    Pool pool() {
        return pool;
    }

    @Override
    final Future<Outcome> look(String walletId) {
        return pool.preparedQuery(LOOK).execute(Tuple.of(walletId)).map(rows -> {
            Row row = rows.iterator().next();
            return Receipts.seen(walletId, row.getLong(0), row.getLong(1));
        });
    }
}
