package dev.purser.api;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.purser.api.contract.Fields;
import dev.purser.journal.HoldReports;
import dev.purser.journal.HoldReports.HoldLine;
import dev.purser.lane.Ids;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Post;
import dev.purser.lane.Wallets;
import dev.purser.wallet.Command;
import dev.purser.wallet.Hold;
import dev.purser.wallet.HoldState;
import dev.purser.wallet.MeteredCall;
import dev.purser.wallet.Receipt;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;

/** Calls by the minute: one starts them, keeps them going, and either side ends them. */
final class CallOperations {

    private static final int CREATED = 201;
    private static final int OK = 200;

    private final Wallets wallets;
    private final WalletOperations looks;
    private final Outcomes outcomes;
    private final Recipients recipients;
    private final HoldReports holds;
    private final Post post;

    CallOperations(Wallets wallets, WalletOperations looks, Outcomes outcomes, Recipients recipients,
            HoldReports holds) {
        this.wallets = wallets;
        this.looks = looks;
        this.outcomes = outcomes;
        this.recipients = recipients;
        this.holds = holds;
        this.post = new Post(wallets, Ids::next);
    }

    void bind(Map<String, ApiHandler> handlers) {
        handlers.put("startCallOwn", this::start);
        handlers.put("startCall", this::start);
        handlers.put("renewCallOwn", this::renew);
        handlers.put("renewCall", this::renew);
        handlers.put("endCallOwn", call -> ofEitherSide(call, line -> end(call, line.walletId())));
        handlers.put("endCall", this::endOfWallet);
        handlers.put("getCallOwn", call -> ofEitherSide(call,
                line -> call.caller().owns(line.walletId()) ? show(call) : Future.succeededFuture(shown(line))));
        handlers.put("getCall", this::show);
    }

    private Future<Answer> start(Call call) {
        Fields body = call.body();
        String creator = body.text("creator_id");
        return Tables.found(recipients.obstacle(creator, true), obstacle -> start(call,
                new Command.StartCall(Ids.secret("call_"), creator, body.integer("rate_per_minute"),
                        (int) body.integer("max_minutes"), "free".equals(body.optionalText("first_minute")),
                        Duration.ofSeconds(body.integer("lease_seconds")), obstacle.orElse(null))));
    }

    private Future<Answer> start(Call call, Command.StartCall start) {
        String walletId = call.walletId();
        Operation operation = call.operation("START_CALL", walletId, "", start);
        return wallets.send(operation).compose(outcome -> {
            if (outcome instanceof Outcome.Done(var receipt, var _, var _)) {
                bringFirstMinute(walletId, receipt);
            }
            return outcomes.answer(operation, outcome, CREATED, receipt -> reply(walletId, receipt));
        });
    }

    /** Nobody waits for it: if it does not come now, it comes with the post. */
    private void bringFirstMinute(String walletId, Receipt receipt) {
        if (receipt.entries().getFirst().memo().transferId() != null) {
            Future<Post.State> _ = post.deliver(Transfer.of(TransferKind.CALL, walletId, receipt));
        }
    }

    private Future<Answer> renew(Call call) {
        String walletId = call.walletId();
        String callId = call.parameters().text("call_id");
        Operation operation = call.operation("RENEW_CALL", walletId, callId, new Command.RenewCall(callId));
        return wallets.send(operation).compose(outcome -> switch (outcome) {
            case Outcome.Seen(var wallet, var quota) ->
                Future.succeededFuture(
                        new Answer.Json(OK, asItIs(wallet, Objects.requireNonNull(wallet.holds().find(callId))),
                                false, quota));
            case Outcome.Refused(Refusal.NoOpenHold _, var _) -> asStored(callId, walletId, CallOperations::over);
            case Outcome.Done _,Outcome.Refused _,Outcome.KeyReused _,Outcome.KeyBusy _,Outcome.Limited _,Outcome.Moved _,Outcome.Unavailable _ ->
                outcomes.answer(operation, outcome, OK, receipt -> reply(walletId, receipt));
        });
    }

    /** One who is no part of a call is not even told that it is there. */
    private Future<Answer> ofEitherSide(Call call, Function<HoldLine, Future<Answer>> next) {
        String callId = call.parameters().text("call_id");
        return Tables.found(holds.call(callId), found -> {
            Optional<HoldLine> theirs = found.filter(line -> call.caller().owns(line.walletId())
                    || call.caller().owns(metered(line.hold()).to()));
            return theirs.isPresent() ? next.apply(theirs.get()) : Future.succeededFuture(unknown(callId));
        });
    }

    /** The rule would let the creator in as well; here it is about wallets that one may charge. */
    private Future<Answer> endOfWallet(Call call) {
        Command charging = new Command.RenewCall(call.parameters().text("call_id"));
        return call.caller().allows(charging, call.walletId())
                ? end(call, call.walletId())
                : Future.succeededFuture(outcomes.problem(call.operation("END_CALL", call.walletId(), "", charging),
                        new Outcome.Refused(new Refusal.NotAllowed(), null)));
    }

    /** Who hangs up second is answered as who did first. */
    private Future<Answer> end(Call call, String payer) {
        String callId = call.parameters().text("call_id");
        Operation operation = call.operation("END_CALL", payer, callId, new Command.EndCall(callId));
        return wallets.send(operation).compose(outcome -> {
            if (outcome instanceof Outcome.Refused(Refusal.NoOpenHold _, var _)) {
                return asStored(callId, payer, CallOperations::shown);
            }
            return outcomes.answer(operation, outcome, OK, receipt -> call.walletId().equals(payer)
                    ? reply(payer, receipt)
                    : asKnown(payer, Objects.requireNonNull(receipt.hold()).hold(), HoldState.SETTLED));
        });
    }

    /** The payer's wallet knows an open call best, and how long its tokens will do. */
    private Future<Answer> show(Call call) {
        String callId = call.parameters().text("call_id");
        return looks.whenSeen(call, wallet -> {
            Hold open = wallet.holds().find(callId);
            return open != null && open.use() instanceof MeteredCall
                    ? Future.succeededFuture(Answer.Json.ok(asItIs(wallet, open)))
                    : asStored(callId, wallet.id(), CallOperations::shown);
        });
    }

    /** The wallet does not know it as an open one: what became of it is in the tables. */
    private Future<Answer> asStored(String callId, String payer, Function<HoldLine, Answer> answer) {
        return Tables.answer(holds.call(callId), found -> found.filter(line -> line.walletId().equals(payer))
                .map(answer).orElseGet(() -> unknown(callId)));
    }

    private static JsonBody reply(String walletId, Receipt receipt) {
        Hold hold = Objects.requireNonNull(receipt.hold()).hold();
        HoldState state = receipt.hold().state();
        return out -> {
            out.put("success", true);
            out.put("wallet_id", walletId);
            out.put("call", (JsonBody) of -> {
                if (state == HoldState.OPEN) {
                    CallJson.writeForPayer(of, walletId, hold, metered(hold), receipt.available());
                } else {
                    CallJson.write(of, walletId, hold, metered(hold), state);
                }
            });
            ReceiptJson.numbers(out, receipt);
        };
    }

    private static JsonBody asItIs(Wallet wallet, Hold hold) {
        return out -> {
            out.put("success", true);
            out.put("wallet_id", wallet.id());
            out.put("call", (JsonBody) of -> CallJson.writeForPayer(of, wallet.id(), hold, metered(hold),
                    wallet.available()));
        };
    }

    private static Answer shown(HoldLine line) {
        return Answer.Json.ok(asKnown(line.walletId(), line.hold(), line.state()));
    }

    private static JsonBody asKnown(String payer, Hold hold, HoldState state) {
        return out -> {
            out.put("success", true);
            out.put("call", (JsonBody) of -> CallJson.write(of, payer, hold, metered(hold), state));
        };
    }

    private static Answer over(HoldLine line) {
        MeteredCall.@Nullable End end = metered(line.hold()).end();
        return Problem.refusal(ProblemCode.CALL_ENDED, "Expected a call that goes on, but it is over: "
                + (end == null ? line.state().text() : end.text().replace('_', ' ')))
                .with((JsonBody) out -> out.put("call",
                        (JsonBody) of -> CallJson.write(of, line.walletId(), line.hold(), metered(line.hold()),
                                line.state())));
    }

    private static Answer unknown(String callId) {
        return Problem.refusal(ProblemCode.CALL_NOT_FOUND,
                "Expected a call of this wallet, but there is none with the id " + callId);
    }

    private static MeteredCall metered(Hold hold) {
        return (MeteredCall) Objects.requireNonNull(hold.use());
    }
}
