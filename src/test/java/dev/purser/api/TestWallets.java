package dev.purser.api;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Wallets;
import dev.purser.support.LaneRig.TestLane;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** A real lane's wallets, unless a test has another answer. */
final class TestWallets implements Wallets {

    private final TestLane lane;
    private @Nullable Future<Outcome> next;
    private Function<Operation, @Nullable Future<Outcome>> answers = operation -> null;

    TestWallets(TestLane lane) {
        this.lane = lane;
    }

    /** Answers the next operation, whatever it is. */
    synchronized void answerNext(Future<Outcome> outcome) {
        next = outcome;
    }

    /** Answers from now on those operations for which there is an answer. */
    synchronized void answerWith(Function<Operation, @Nullable Future<Outcome>> some) {
        answers = some;
    }

    /** Whether there was an operation to answer so. */
    synchronized boolean tookNext() {
        return next == null;
    }

    @Override
    public synchronized Future<Outcome> send(Operation operation) {
        Future<Outcome> prepared = next == null ? answers.apply(operation) : next;
        next = null;
        return prepared != null ? prepared : fromLane(operation);
    }

    /** On the thread of who asks, as the router does. */
    private Future<Outcome> fromLane(Operation operation) {
        Context asking = Vertx.currentContext();
        Promise<Outcome> answer = Promise.promise();
        lane.send(operation).onComplete(done -> {
            if (asking == null) {
                answer.handle(done);
            } else {
                asking.runOnContext(_ -> answer.handle(done));
            }
        });
        return answer.future();
    }
}
