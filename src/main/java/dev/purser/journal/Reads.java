package dev.purser.journal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/**
 * Reading through a pool that gets over a database which falls silent: a connection without an answer in time is closed by
 * force, and when several cannot be had one after the other, the whole pool is replaced, since it may be waiting for
 * handshakes that never end.
 */
public final class Reads {

    private static final Logger LOG = LoggerFactory.getLogger(Reads.class);
    private static final int FAILURES_BEFORE_RENEWAL = 5;

    private final Vertx vertx;
    private final Supplier<Pool> maker;
    private final Duration deadline;
    private final AtomicReference<Pool> pool;
    private final AtomicInteger failures = new AtomicInteger();

    Reads(Vertx vertx, Supplier<Pool> maker, Duration deadline) {
        this.vertx = vertx;
        this.maker = maker;
        this.deadline = deadline;
        this.pool = new AtomicReference<>(maker.get());
    }

    Future<RowSet<Row>> query(String sql, Tuple values) {
        Pool current = pool.get();
        return current.getConnection()
                .onSuccess(leased -> failures.set(0))
                .onFailure(cause -> notLeased(current))
                .compose(leased -> TimedQuery.run(vertx, leased, sql, values, deadline)
                        .onComplete(done -> giveBack(leased)));
    }

    private static void giveBack(SqlConnection leased) {
        leased.close().onFailure(cause -> LOG.debug("A connection came back broken", cause));
    }

    private void notLeased(Pool from) {
        if (failures.incrementAndGet() >= FAILURES_BEFORE_RENEWAL) {
            Pool fresh = maker.get();
            if (pool.compareAndSet(from, fresh)) {
                failures.set(0);
                from.close().onFailure(cause -> LOG.debug("Closing the old pool failed", cause));
            } else {
                fresh.close().onFailure(cause -> LOG.debug("Closing a spare pool failed", cause));
            }
        }
    }

    /** How many connections are open. */
    int connections() {
        return pool.get().size();
    }

    public Future<Void> close() {
        return pool.get().close();
    }
}
