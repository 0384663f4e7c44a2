package dev.purser.journal;

import java.time.Duration;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** A statement whose answer has a deadline: neither the client nor TCP has one that is worth waiting for. */
final class TimedQuery {

    private TimedQuery() {
    }

    /** Runs a statement. If there is no answer in time the connection is closed, and the statement's fate is unknown. */
    static Future<RowSet<Row>> run(Vertx vertx, SqlConnection on, String sql, Tuple values, Duration deadline) {
        Promise<RowSet<Row>> inTime = Promise.promise();
        long timer = vertx.setTimer(deadline.toMillis(), late -> {
            HardClose.close(on);
            inTime.tryFail("Expected an answer of the database within " + deadline + ", but there is none");
        });
        on.preparedQuery(sql).execute(values).onComplete(answer -> {
            vertx.cancelTimer(timer);
            if (answer.succeeded()) {
                inTime.tryComplete(answer.result());
            } else {
                inTime.tryFail(answer.cause());
            }
        });
        return inTime.future();
    }
}
