package dev.purser.journal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * A connection that is nobody else's: opened when it is needed, given up when it falls silent, and then opened anew. Used on
 * one thread.
 */
final class OwnConnection {

    private final Vertx vertx;
    private final Supplier<Future<PgConnection>> opener;
    private final Duration deadline;
    private @Nullable Future<PgConnection> connection;

    OwnConnection(Vertx vertx, Supplier<Future<PgConnection>> opener, Duration deadline) {
        this.vertx = vertx;
        this.opener = opener;
        this.deadline = deadline;
    }

    /** The connection, opened now if there is none. */
    Future<PgConnection> connected() {
        Future<PgConnection> open = connection;
        if (open == null || open.failed()) {
            open = open();
            connection = open;
        }
        return open;
    }

    /** A handshake, too, may be left without an answer; a connection that is there too late is closed. */
    private Future<PgConnection> open() {
        Future<PgConnection> opening = opener.get();
        return opening.timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(late -> opening.onSuccess(HardClose::close))
                .onSuccess(opened -> opened.closeHandler(closed -> forget(opened)));
    }

    /** Runs a statement, opening the connection before if need be. */
    Future<RowSet<Row>> query(String sql, Tuple values) {
        return connected().compose(open -> query(open, sql, values));
    }

    /** The same, and reads the answer; one that cannot be read speaks against the connection. */
    <T> Future<T> query(String sql, Tuple values, Function<RowSet<Row>, T> reading) {
        return connected().compose(open -> query(open, sql, values).map(rows -> {
            try {
                return reading.apply(rows);
            } catch (RuntimeException unreadable) {
                giveUp(open);
                throw unreadable;
            }
        }));
    }

    /** Runs a statement on the connection that is open. If there is no answer in time the connection is closed. */
    Future<RowSet<Row>> query(PgConnection open, String sql, Tuple values) {
        return TimedQuery.run(vertx, open, sql, values, deadline).onFailure(cause -> {
            if (cause instanceof PgException refused && SqlStates.meaning(refused) == SqlStates.Meaning.NOT_HERE) {
                giveUp(open);
            }
        });
    }

    /** Closes a connection that cannot be trusted any more. What is under way on it becomes unknown. */
    void giveUp(PgConnection broken) {
        forget(broken);
        HardClose.close(broken);
    }

    void close() {
        Future<PgConnection> open = connection;
        connection = null;
        if (open != null) {
            open.onSuccess(HardClose::close);
        }
    }

    private void forget(PgConnection closed) {
        if (connection != null && closed.equals(connection.result())) {
            connection = null;
        }
    }
}
