package dev.purser.api;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.Reports;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Quota;
import dev.purser.wallet.Command;
import dev.purser.wallet.Receipt;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;

/** Turns what became of an operation into an answer. */
final class Outcomes {

    private final Reports reports;
    private final Refusals refusals;

    Outcomes(Reports reports, Refusals refusals) {
        this.reports = reports;
        this.refusals = refusals;
    }

    /** The answer to a write, with {@code status} and the body that its receipt makes. */
    Future<Answer> answer(Operation operation, Outcome outcome, int status, Function<Receipt, JsonBody> body) {
        return switch (outcome) {
            case Outcome.Done(var receipt, var replayed, var quota) ->
                Future.succeededFuture(new Answer.Json(status, body.apply(receipt), replayed, quota));
            case Outcome.Seen(var wallet, var quota) -> Future.succeededFuture(seen(wallet, quota));
            case Outcome.Refused(Refusal.NoOpenHold(var holdId), var quota) -> endedHold(operation, holdId, quota);
            case Outcome.Refused _,Outcome.KeyReused _,Outcome.KeyBusy _,Outcome.Limited _,Outcome.Moved _,Outcome.Unavailable _ ->
                Future.succeededFuture(problem(operation, outcome));
        };
    }

    static Answer seen(Wallet wallet, @Nullable Quota quota) {
        return new Answer.Json(200, WalletJson.balance(wallet), false, quota);
    }

    /** The wallet knows its open holds only; what became of the others is in the tables. */
    private Future<Answer> endedHold(Operation operation, String holdId, @Nullable Quota quota) {
        Problem unknown = refusals.problem(new Refusal.NoOpenHold(holdId), operation.command()).with(quota);
        return Tables.answer(reports.holds().find(operation.walletId(), holdId), found -> found
                .map(known -> Refusals.ended(holdId, known.state()).with(quota))
                .orElse(unknown));
    }

    /** The problem that an outcome is; only for one that is not good. */
    Problem problem(Operation operation, Outcome outcome) {
        boolean write = !(operation.command() instanceof Command.Look);
        return switch (outcome) {
            case Outcome.Refused(var refusal, var quota) -> refusals.problem(refusal, operation.command()).with(quota);
            case Outcome.KeyReused() -> Problem.refusal(ProblemCode.KEY_REUSED,
                    "Expected the request that this key was first used with, but it is another");
            case Outcome.KeyBusy() -> Problem.refusal(ProblemCode.KEY_BUSY,
                    "Expected the first request with this key to be answered by now, but it is under way")
                    .with(Problem.Effect.UNKNOWN).retryableAfter(1);
            case Outcome.Limited(var quota) -> limited(quota);
            case Outcome.Moved() -> unavailable("no_owner", 1).with(Problem.Effect.NOT_APPLIED);
            case Outcome.Unavailable(var reason, int seconds) -> unavailable(operation, reason, seconds, write);
            case Outcome.Done _,Outcome.Seen _ ->
                throw new IllegalStateException("Expected an outcome that is a problem, but " + outcome);
        };
    }

    private static Problem limited(Quota quota) {
        return Problem.refusal(ProblemCode.RATE_LIMITED, "Expected at most %d %s in %d seconds, but there were more"
                .formatted(quota.limit(), quota.policy(), quota.windowSeconds()))
                .with(quota).retryableAfter(quota.resetSeconds());
    }

    private static Problem unavailable(Operation operation, Outcome.Reason reason, int seconds, boolean write) {
        Problem.Effect effect = reason.outcomeUnknown() ? Problem.Effect.UNKNOWN : Problem.Effect.NOT_APPLIED;
        boolean harmless = !write || operation.key() != null || !reason.outcomeUnknown();
        boolean retryable = harmless && reason != Outcome.Reason.REJECTED;
        Problem problem = unavailable(reason.text(), seconds).with(effect);
        return retryable ? problem : problem.notRetryable();
    }

    static Problem unavailable(String reason, int seconds) {
        return Problem.of(ProblemCode.UNAVAILABLE, "Expected an answer, but there is none: " + reason.replace('_', ' '))
                .with((JsonBody) out -> out.put("reason", reason)).retryableAfter(seconds);
    }
}
