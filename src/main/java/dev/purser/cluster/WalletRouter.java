package dev.purser.cluster;

import java.time.Duration;

import dev.purser.lane.Ids;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Wallets;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * The clustered {@link Wallets}: finds out where a wallet lives by a look into a table, and sends the operation there. It
 * repeats by itself only what surely did not run, or what carries a key and so cannot run twice.
 */
public final class WalletRouter implements Wallets {

    private static final long PAUSE_MILLIS = 50;
    private static final int RETRY_AFTER_SECONDS = 1;

    private final Vertx vertx;
    private final Territory territory;
    private final LocalLanes lanes;
    private final Peers peers;
    private final long patienceNanos;

    WalletRouter(Vertx vertx, Territory territory, LocalLanes lanes, Peers peers, Duration patience) {
        this.vertx = vertx;
        this.territory = territory;
        this.lanes = lanes;
        this.peers = peers;
        this.patienceNanos = patience.toNanos();
    }

    @Override
    public Future<Outcome> send(Operation operation) {
        return attempt(operation, new Attempt(System.nanoTime() + patienceNanos, false));
    }

    private Future<Outcome> attempt(Operation operation, Attempt attempt) {
        return switch (territory.homeOf(operation.walletId())) {
            case Home.Here here -> lanes.send(here.lane(), operation)
                    .compose(outcome -> surelyDidNotRun(outcome)
                            ? again(operation, attempt)
                            : Future.succeededFuture(attempt.certain(outcome)));
            case Home.There there -> peers.send(there, operation, attempt.millisLeft())
                    .compose(answer -> answered(operation, answer, attempt));
            case Home.Nowhere() -> again(operation, attempt);
            case Home.OutOfSight() -> unavailable(attempt.certain(Outcome.Reason.NO_OWNER));
        };
    }

    private Future<Outcome> answered(Operation operation, Peers.Answer answer, Attempt attempt) {
        return switch (answer) {
            case Peers.Answer.Came(var outcome) -> surelyDidNotRun(outcome)
                    ? again(operation, attempt)
                    : Future.succeededFuture(attempt.certain(outcome));
            case Peers.Answer.NotDelivered() -> again(operation, attempt);
            case Peers.Answer.TooMany() -> unavailable(attempt.certain(Outcome.Reason.OVERLOADED));
            case Peers.Answer.Silent() -> unavailable(attempt.certain(Outcome.Reason.NO_OWNER));
            case Peers.Answer.Lost() -> operation.key() == null
                    ? unavailable(Outcome.Reason.TIMED_OUT)
                    : again(underNewId(operation), attempt.orPerhapsRan());
        };
    }

    /** It may run twice until the key stops the second: who reads the ledger back must be able to tell the two apart. */
    private static Operation underNewId(Operation operation) {
        return new Operation(Ids.next(), operation.walletId(), operation.key(), operation.by(), operation.command());
    }

    /** Another node will own the wallet, or does already. */
    private static boolean surelyDidNotRun(Outcome outcome) {
        return outcome instanceof Outcome.Moved
                || (outcome instanceof Outcome.Unavailable(var reason, _) && reason == Outcome.Reason.DRAINING);
    }

    private Future<Outcome> again(Operation operation, Attempt attempt) {
        territory.doubt();
        if (attempt.millisLeft() <= PAUSE_MILLIS) {
            return unavailable(attempt.certain(Outcome.Reason.NO_OWNER));
        }
        Promise<Outcome> answer = Promise.promise();
        vertx.setTimer(PAUSE_MILLIS, over -> attempt(operation, attempt).onComplete(answer));
        return answer.future();
    }

    private static Future<Outcome> unavailable(Outcome.Reason reason) {
        return Future.succeededFuture(new Outcome.Unavailable(reason, RETRY_AFTER_SECONDS));
    }

    /** How long it may be tried, and whether one of the tries may have been carried out. */
    private record Attempt(long endNanos, boolean mayHaveRun) {

        long millisLeft() {
            return Math.max(1, (endNanos - System.nanoTime()) / 1_000_000);
        }

        /** That this try did nothing says nothing about the one before, if that may have been carried out. */
        Outcome certain(Outcome outcome) {
            boolean nothingDone = outcome instanceof Outcome.Unavailable || outcome instanceof Outcome.Limited
                    || outcome instanceof Outcome.Refused;
            return mayHaveRun && nothingDone
                    ? new Outcome.Unavailable(Outcome.Reason.TIMED_OUT, RETRY_AFTER_SECONDS)
                    : outcome;
        }

        Outcome.Reason certain(Outcome.Reason reason) {
            return mayHaveRun ? Outcome.Reason.TIMED_OUT : reason;
        }

        Attempt orPerhapsRan() {
            return new Attempt(endNanos, true);
        }
    }
}
