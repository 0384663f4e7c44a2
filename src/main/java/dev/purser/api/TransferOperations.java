package dev.purser.api;

import java.time.Duration;
import java.util.Map;

import dev.purser.api.contract.Fields;
import dev.purser.lane.Ids;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Post;
import dev.purser.lane.Wallets;
import dev.purser.wallet.Command;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;
import io.vertx.core.Future;

/** Tips, gifts and charges for calls: tokens that go from one wallet to another. */
final class TransferOperations {

    private static final Map<String, TransferKind> KINDS = Map.of("tipOwn", TransferKind.TIP, "tip", TransferKind.TIP,
            "giftOwn", TransferKind.GIFT, "gift", TransferKind.GIFT, "deductCallOwn", TransferKind.CALL, "deductCall",
            TransferKind.CALL);
    /** A recipient that takes nothing in so long keeps nobody waiting: what is in the post arrives by itself. */
    private static final Duration BRINGING = Duration.ofMillis(500);

    private final Wallets wallets;
    private final Outcomes outcomes;
    private final Recipients recipients;
    private final Post post;
    private final Waiting<Post.State> bringing = new Waiting<>(BRINGING, Post.State.IN_POST);

    TransferOperations(Wallets wallets, Outcomes outcomes, Recipients recipients) {
        this.wallets = wallets;
        this.outcomes = outcomes;
        this.recipients = recipients;
        this.post = new Post(wallets, Ids::next);
    }

    void bind(Map<String, ApiHandler> handlers) {
        KINDS.forEach((id, kind) -> handlers.put(id, call -> send(call, kind)));
    }

    private Future<Answer> send(Call call, TransferKind kind) {
        Transfer transfer = transfer(call, kind);
        return Tables.found(recipients.obstacle(transfer.to(), kind.isEarned()),
                obstacle -> send(call, new Command.Send(transfer, obstacle.orElse(null))));
    }

    private static Transfer transfer(Call call, TransferKind kind) {
        Fields body = call.body();
        return switch (kind) {
            case TIP -> new Transfer(Transfer.UNNAMED, kind, call.walletId(), body.text("creator_id"),
                    body.integer("amount"), body.text("channel"), body.optionalText("message"));
            case GIFT -> new Transfer(Transfer.UNNAMED, kind, call.walletId(), body.text("recipient_id"),
                    body.integer("amount"), null, body.optionalText("message"));
            case CALL -> new Transfer(Transfer.UNNAMED, kind, call.walletId(), body.text("creator_id"),
                    body.integer("amount"), body.text("call_id"), null);
        };
    }

    private Future<Answer> send(Call call, Command.Send send) {
        TransferKind kind = send.transfer().kind();
        String walletId = call.walletId();
        Operation operation = call.operation(kind.name(), walletId, "", send);
        return wallets.send(operation).compose(outcome -> outcome instanceof Outcome.Done(var receipt, var _, var _)
                ? deliver(operation, outcome, Transfer.of(kind, walletId, receipt))
                : Future.succeededFuture(outcomes.problem(operation, outcome)));
    }

    /** It is the receipt that says what was sent: a repetition sends nothing, but what it repeats may not have arrived. */
    private Future<Answer> deliver(Operation operation, Outcome outcome, Transfer sent) {
        return bringing.within(post.deliver(sent))
                .compose(state -> outcomes.answer(operation, outcome, 200,
                        receipt -> TransferJson.sent(sent, receipt, state)));
    }
}
