package dev.purser.api;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.purser.api.contract.Fields;
import dev.purser.lane.Ids;
import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Post;
import dev.purser.lane.Wallets;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Status;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Tips, gifts and charges for calls: tokens that go from one wallet to another. */
final class TransferOperations {

    private static final Map<String, TransferKind> KINDS = Map.of("tipOwn", TransferKind.TIP, "tip", TransferKind.TIP,
            "giftOwn", TransferKind.GIFT, "gift", TransferKind.GIFT, "deductCallOwn", TransferKind.CALL, "deductCall",
            TransferKind.CALL);
    /** A recipient that is not heard of so long keeps nobody waiting: whoever is no obstacle by then is none. */
    private static final long LOOKING_MILLIS = 300;
    /** Nor does one that takes nothing in so long: what is in the post arrives by itself. */
    private static final long BRINGING_MILLIS = 500;

    private final Wallets wallets;
    private final Outcomes outcomes;
    private final Creators creators;
    private final Post post;

    TransferOperations(Wallets wallets, Outcomes outcomes, Creators creators) {
        this.wallets = wallets;
        this.outcomes = outcomes;
        this.creators = creators;
        this.post = new Post(wallets, Ids::next);
    }

    void bind(Map<String, ApiHandler> handlers) {
        KINDS.forEach((id, kind) -> handlers.put(id, call -> send(call, kind)));
    }

    private Future<Answer> send(Call call, TransferKind kind) {
        Transfer transfer = transfer(call, kind);
        return obstacle(transfer).transform(found -> found.succeeded()
                ? send(call, new Command.Send(transfer, found.result().orElse(null)))
                : Future.succeededFuture(Tables.unavailable(found.cause())));
    }

    private static Transfer transfer(Call call, TransferKind kind) {
        Fields body = call.body();
        return switch (kind) {
            case TIP -> new Transfer(Ids.next("tr_"), kind, call.walletId(), body.text("creator_id"),
                    body.integer("amount"), body.text("channel"), body.optionalText("message"));
            case GIFT -> new Transfer(Ids.next("tr_"), kind, call.walletId(), body.text("recipient_id"),
                    body.integer("amount"), null, body.optionalText("message"));
            case CALL -> new Transfer(Ids.next("tr_"), kind, call.walletId(), body.text("creator_id"),
                    body.integer("amount"), body.text("call_id"), null);
        };
    }

    /** What is known to stand in the way at the other end. */
    private Future<Optional<Refusal>> obstacle(Transfer transfer) {
        Future<Boolean> welcome = transfer.kind().isEarned()
                ? creators.isCreator(transfer.to())
                : Future.succeededFuture(true);
        return welcome.compose(may -> may
                ? standing(transfer.to())
                : Future.succeededFuture(Optional.of(new Refusal.NoCreator(transfer.to()))));
    }

    /** A wallet that cannot be asked just now is taken to be open; if it is not, the tokens come back. */
    private Future<Optional<Refusal>> standing(String recipient) {
        return within(LOOKING_MILLIS, Optional.empty(), wallets
                .send(new Operation(Ids.next(), recipient, null, new Authority.House(), new Command.Look()))
                .map(outcome -> outcome instanceof Outcome.Seen(var wallet, var _)
                        ? refusal(wallet.status(), recipient)
                        : Optional.empty()));
    }

    private static Optional<Refusal> refusal(Status status, String recipient) {
        return switch (status) {
            case FROZEN -> Optional.of(new Refusal.RecipientFrozen(recipient));
            case CLOSED -> Optional.of(new Refusal.RecipientClosed(recipient));
            case ACTIVE, DEBT -> Optional.empty();
        };
    }

    private Future<Answer> send(Call call, Command.Send send) {
        TransferKind kind = send.transfer().kind();
        String walletId = call.walletId();
        OpKey key = call.key() == null
                ? null
                : OpKey.ofClient(call.caller().subject(), call.key(), Fingerprint.of(kind, walletId, call.body()));
        Operation operation = new Operation(Ids.next(), walletId, key, call.caller(), send);
        return wallets.send(operation).compose(outcome -> outcome instanceof Outcome.Done(var receipt, var _, var _)
                ? deliver(operation, outcome, TransferJson.transfer(kind, walletId, receipt))
                : Future.succeededFuture(outcomes.problem(operation, outcome)));
    }

    /** It is the receipt that says what was sent: a repetition sends nothing, but what it repeats may not have arrived. */
    private Future<Answer> deliver(Operation operation, Outcome outcome, Transfer sent) {
        return within(BRINGING_MILLIS, Post.State.IN_POST, post.deliver(sent))
                .compose(state -> outcomes.answer(operation, outcome, 200,
                        receipt -> TransferJson.sent(sent, receipt, state)));
    }

    /**
     * What comes in time, or else {@code otherwise}. Not {@link Future#timeout}: a future that knows no context would be
     * ended by it on a thread that is not this server's.
     */
    private static <T> Future<T> within(long millis, T otherwise, Future<T> awaited) {
        if (awaited.isComplete()) {
            return awaited;
        }
        Vertx vertx = Objects.requireNonNull(Vertx.currentContext()).owner();
        Promise<T> first = Promise.promise();
        long timer = vertx.setTimer(millis, late -> first.tryComplete(otherwise));
        awaited.onSuccess(first::tryComplete).onFailure(first::tryFail)
                .onComplete(answered -> vertx.cancelTimer(timer));
        return first.future();
    }
}
