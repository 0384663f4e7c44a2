package dev.purser.ops;

import java.time.Duration;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Something done again and again: a round begins some time after the last one has ended, however long that took. */
public final class Rounds {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Context context;
    private final String name;
    private final Duration pause;
    private final Supplier<Future<?>> round;

    // All that follows is used on the context alone.
    private Future<?> running = Future.succeededFuture();
    private long timer = NO_TIMER;
    private boolean stopped;
    private boolean failing;

    /** Work by the name that a message calls it; that it fails is logged once, and so is that it works again. */
    public Rounds(Vertx vertx, String name, Duration pause, Supplier<Future<?>> round) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.name = name;
        this.pause = pause;
        this.round = round;
    }

    /** Begins the first round. */
    public void start() {
        context.runOnContext(_ -> begin());
    }

    /** Begins no more rounds; answers when the one under way has ended. */
    public Future<Void> stop() {
        Promise<Void> ended = Promise.promise();
        context.runOnContext(_ -> {
            stopped = true;
            vertx.cancelTimer(timer);
            running.onComplete(_ -> ended.complete());
        });
        return ended.future();
    }

    private void begin() {
        if (!stopped) {
            running = attempt();
            running.onComplete(result -> context.runOnContext(_ -> end(result)));
        }
    }

    private Future<?> attempt() {
        try {
            return round.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void end(AsyncResult<?> result) {
        if (result.failed() && !failing) {
            LOG.atWarn().setCause(result.cause()).log("{} fails; it will be tried again every {} ms", name,
                    pause.toMillis());
        } else if (result.succeeded() && failing) {
            LOG.info("{} works again", name);
        }
        failing = result.failed();
        if (!stopped) {
            timer = vertx.setTimer(pause.toMillis(), _ -> begin());
        }
    }
}
