package dev.purser.api;

import java.util.Objects;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vertx.core.Future;

/** Answers from what is read in the tables; when they cannot be read, that is a 503. */
final class Tables {

    private static final Logger LOG = LoggerFactory.getLogger(Tables.class);
    private static final int RETRY_AFTER_SECONDS = 2;

    private Tables() {
    }

    static <T> Future<Answer> answer(Future<T> read, Function<T, Answer> answer) {
        return found(read, result -> Future.succeededFuture(answer.apply(result)));
    }

    /** Goes on with what was read. */
    static <T> Future<Answer> found(Future<T> read, Function<T, Future<Answer>> next) {
        return read.transform(result -> result.succeeded()
                ? next.apply(Objects.requireNonNull(result.result()))
                : Future.succeededFuture(unavailable(result.cause())));
    }

    private static Answer unavailable(Throwable cause) {
        LOG.warn("Expected rows, but the database gave none", cause);
        return Outcomes.unavailable("database_unavailable", RETRY_AFTER_SECONDS);
    }
}
