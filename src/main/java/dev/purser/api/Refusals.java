package dev.purser.api;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Command;
import dev.purser.wallet.HoldState;
import dev.purser.wallet.Permission;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Scope;

/** The one table of what a refusal looks like to clients. */
final class Refusals {

    private final @Nullable String buyUrl;

    /** {@code buyUrl} is where a client can send someone who has too few tokens. */
    Refusals(@Nullable String buyUrl) {
        this.buyUrl = buyUrl;
    }

    Problem problem(Refusal refusal, Command command) {
        return switch (refusal) {
            case Refusal.InsufficientFunds(long available, long required) ->
                problem(ProblemCode.INSUFFICIENT_FUNDS, atLeast(required, available)).with(out -> {
                    out.put("balance", available);
                    out.put("required", required);
                    out.putIfAny("buy_url", buyUrl);
                });
            case Refusal.InDebt(long debt) ->
                problem(ProblemCode.ACCOUNT_IN_DEBT, "Expected a wallet without debt, but it owes " + debt)
                        .with(out -> {
                            out.put("debt", debt);
                            out.putIfAny("buy_url", buyUrl);
                        });
            case Refusal.Frozen() -> problem(ProblemCode.WALLET_FROZEN, "Expected an open wallet, but it is frozen");
            case Refusal.Closed() -> problem(ProblemCode.WALLET_CLOSED, "Expected an open wallet, but it is closed");
            case Refusal.NotAllowed() -> notAllowed(command);
            case Refusal.NoOpenHold(var holdId) -> noHold(holdId);
            case Refusal.HoldGuarded(String holdId) -> notAllowed(Scope.CHARGE.text(),
                    "Expected the scope wallets:charge, for a backend has opened the hold " + holdId
                            + ", but the token does not have it");
            case Refusal.HoldExists(var holdId) ->
                problem(ProblemCode.HOLD_EXISTS, "Expected a new hold, but %s is there".formatted(holdId));
            case Refusal.ExceedsHold(long held, long required) ->
                problem(ProblemCode.EXCEEDS_HOLD,
                        "Expected at most %d tokens, which are held, but %d were to be settled"
                                .formatted(held, required))
                        .with(out -> {
                            out.put("held", held);
                            out.put("required", required);
                        });
            case Refusal.TooManyHolds(int limit) -> problem(ProblemCode.TOO_MANY_HOLDS,
                    "Expected fewer than %d open holds, but there are as many".formatted(limit))
                    .with(out -> out.put("limit", limit));
            case Refusal.TooManyLots(int limit) -> problem(ProblemCode.TOO_MANY_LOTS,
                    "Expected at most %d lots of different expiry, but there would be more".formatted(limit))
                    .with(out -> out.put("limit", limit));
            case Refusal.TooLarge() -> problem(ProblemCode.BALANCE_OVERFLOW,
                    "Expected the wallet's numbers to fit into 64 bits, but they would not");
            case Refusal.SourceNeverExpires(var source) -> problem(ProblemCode.SOURCE_NEVER_EXPIRES,
                    "Expected no expires_at, but tokens of the source %s got one".formatted(source.text()));
            case Refusal.ExpiresInThePast(var expiresAt) -> problem(ProblemCode.EXPIRES_IN_PAST,
                    "Expected expires_at in the future, but it is " + expiresAt);
            case Refusal.AlreadyFrozen() ->
                problem(ProblemCode.ALREADY_FROZEN, "Expected an open wallet, but it is frozen already");
            case Refusal.NotFrozen() ->
                problem(ProblemCode.NOT_FROZEN, "Expected a frozen wallet, but it is open");
            case Refusal.ToItself() ->
                problem(ProblemCode.TO_ITSELF, "Expected another wallet to send to, but it is the sender's own");
            case Refusal.NoCreator(var id) ->
                problem(ProblemCode.CREATOR_NOT_FOUND, "Expected a creator, but there is none by the id " + id);
            case Refusal.RecipientFrozen(var id) ->
                problem(ProblemCode.RECIPIENT_FROZEN, "Expected an open wallet to send to, but that of %s is frozen"
                        .formatted(id));
            case Refusal.RecipientClosed(var id) ->
                problem(ProblemCode.RECIPIENT_CLOSED, "Expected an open wallet to send to, but that of %s is closed"
                        .formatted(id));
            case Refusal.TransferTooLarge(long limit) -> problem(ProblemCode.TRANSFER_TOO_LARGE,
                    "Expected at most %d tokens at once, but there were more".formatted(limit))
                    .with(out -> out.put("limit", limit));
            case Refusal.TooManyTransfers(int limit, var until) -> limited(until, limit,
                    "Expected at most %d transfers in a minute, but there were as many".formatted(limit));
            case Refusal.SentEnoughToday(long limit, long sent, var until) -> limited(until, limit,
                    "Expected at most %d tokens in a day, but with these it would be more than that: %d are sent"
                            .formatted(limit, sent));
            case Refusal.HoldInUse(var holdId) -> problem(ProblemCode.HOLD_IN_USE,
                    "Expected a hold by itself, but %s belongs to a call, a payout or a disputed purchase, and ends with that"
                            .formatted(holdId));
            case Refusal.PayoutTooSmall(long least) -> problem(ProblemCode.PAYOUT_TOO_SMALL,
                    "Expected a payout of at least %d tokens, but it is less".formatted(least))
                    .with(out -> out.put("required", least));
            case Refusal.NotPayable(long payable, long required) -> problem(ProblemCode.NOT_PAYABLE,
                    "Expected at least %d tokens that were earned long enough ago, but there are %d"
                            .formatted(required, payable))
                    .with(out -> {
                        out.put("payable", payable);
                        out.put("required", required);
                    });
            case Refusal.HoldsOpen(int count) ->
                problem(ProblemCode.HOLDS_OPEN, "Expected no open holds, but there are " + count);
            case Refusal.NotEmpty(long balance) -> problem(ProblemCode.WALLET_NOT_EMPTY,
                    "Expected an empty wallet or forfeit, but there are %d tokens".formatted(balance))
                    .with(out -> out.put("balance", balance));
        };
    }

    private static Problem limited(Instant until, long limit, String detail) {
        long seconds = Duration.between(Instant.now(), until).toSeconds() + 1;
        return problem(ProblemCode.TRANSFER_LIMITED, detail).with(out -> out.put("limit", limit))
                .retryableAfter(Math.toIntExact(seconds));
    }

    /** The problem of a hold that is not open any more, now that it is known what became of it. */
    static Problem ended(String holdId, HoldState state) {
        ProblemCode code = switch (state) {
            case SETTLED -> ProblemCode.HOLD_SETTLED;
            case RELEASED -> ProblemCode.HOLD_RELEASED;
            case EXPIRED, OPEN -> ProblemCode.HOLD_EXPIRED;
        };
        return problem(code, "Expected an open hold, but %s is %s".formatted(holdId, state.text()));
    }

    /** The problem of a caller without a scope that nothing else makes up for, not even owning the wallet. */
    static Problem scopeMissing(String scope) {
        return notAllowed(scope, "Expected the scope %s, but the token does not have it".formatted(scope));
    }

    private static Problem notAllowed(String scope, String detail) {
        String challenge = "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"";
        return problem(ProblemCode.NOT_ALLOWED, detail).with(out -> out.put("required_scope", scope))
                .with(new Answer.Header("WWW-Authenticate", challenge));
    }

    private static Problem notAllowed(Command command) {
        return switch (command.permission()) {
            case Permission.OwnerOr(var scope) -> notAllowed(scope.text(),
                    "Expected the wallet's owner or the scope %s, but the token has neither".formatted(scope.text()));
            case Permission.Only(var scope) -> scopeMissing(scope.text());
            case Permission.Party() -> problem(ProblemCode.NOT_ALLOWED,
                    "Expected one of the two sides or the scope %s, but the token has neither"
                            .formatted(Scope.CHARGE.text()));
            case Permission.Nobody() -> problem(ProblemCode.NOT_ALLOWED, "Expected the service itself, but it is not");
        };
    }

    private static Problem noHold(String holdId) {
        return problem(ProblemCode.HOLD_NOT_FOUND, "Expected an open hold, but there is none with the id " + holdId);
    }

    private static String atLeast(long required, long available) {
        return "Expected at least %d tokens, but %d are available".formatted(required, available);
    }

    private static Problem problem(ProblemCode code, String detail) {
        return Problem.refusal(code, detail);
    }
}
