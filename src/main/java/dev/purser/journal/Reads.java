package dev.purser.journal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/**
 * Reading through a pool that gets over a database which falls silent: every read has deadlines of its own for all that it
 * waits for, a connection without an answer is closed by force, and when none can be had for long the whole pool is
 * replaced, since it may be waiting for handshakes that never end.
 */
public final class Reads {

    private static final Logger LOG = LoggerFactory.getLogger(Reads.class);
    private static final int DEADLINES_BEFORE_RENEWAL = 3;

    private final Vertx vertx;
    private final Supplier<Pool> maker;
    private final Duration patience;
    private final Duration deadline;
    private final AtomicReference<Pool> pool;
    /** When a connection was had last, or the pool was made. */
    private volatile long goodAtNanos = System.nanoTime();

    /**
     * @param patience how long a read may wait for a connection
     * @param deadline how long it may wait for its answer
     */
    Reads(Vertx vertx, Supplier<Pool> maker, Duration patience, Duration deadline) {
        this.vertx = vertx;
        this.maker = maker;
        this.patience = patience.compareTo(deadline) < 0 ? patience : deadline;
        this.deadline = deadline;
        this.pool = new AtomicReference<>(maker.get());
    }

    Future<RowSet<Row>> query(String sql, Tuple values) {
        Pool from = pool.get();
        Promise<SqlConnection> leased = Promise.promise();
        long timer = vertx.setTimer(patience.toMillis(), late -> {
            if (leased.tryFail("Expected a connection to the database within " + patience + ", but there is none")) {
                renewIfStuck(from);
            }
        });
        from.getConnection().onComplete(lease -> {
            vertx.cancelTimer(timer);
            if (lease.failed()) {
                leased.tryFail(lease.cause());
            } else if (leased.tryComplete(lease.result())) {
                goodAtNanos = System.nanoTime();
            } else {
                giveBack(lease.result());
            }
        });
        return leased.future().compose(connection -> TimedQuery.run(vertx, connection, sql, values, deadline)
                .onComplete(done -> giveBack(connection)));
    }

    private static void giveBack(SqlConnection leased) {
        leased.close().onFailure(cause -> LOG.debug("A connection came back broken", cause));
    }

    private void renewIfStuck(Pool stuck) {
        if (System.nanoTime() - goodAtNanos < DEADLINES_BEFORE_RENEWAL * deadline.toNanos()) {
            return;
        }
        Pool fresh = maker.get();
        if (pool.compareAndSet(stuck, fresh)) {
            LOG.warn("No connection for reading for long, making a new pool");
            goodAtNanos = System.nanoTime();
        }
        Pool unused = pool.get().equals(fresh) ? stuck : fresh;
        // Not from within a wait on it: what still waits there has deadlines of its own.
        vertx.runOnContext(later -> unused.close().onFailure(cause -> LOG.debug("Closing a pool failed", cause)));
    }

    /** How many connections are open. */
    int connections() {
        return pool.get().size();
    }

    public Future<Void> close() {
        return pool.get().close();
    }
}
