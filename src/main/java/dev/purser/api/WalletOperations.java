package dev.purser.api;

import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.purser.api.contract.Fields;
import dev.purser.lane.Ids;
import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.Wallets;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;

/** The operations on one wallet: a look, and the writes. */
final class WalletOperations {

    private static final Map<String, Write> WRITES = Map.ofEntries(
            Map.entry("spendOwn", Write.SPEND), Map.entry("spend", Write.SPEND),
            Map.entry("openHoldOwn", Write.HOLD), Map.entry("openHold", Write.HOLD),
            Map.entry("extendHoldOwn", Write.EXTEND), Map.entry("extendHold", Write.EXTEND),
            Map.entry("settleHoldOwn", Write.SETTLE), Map.entry("settleHold", Write.SETTLE),
            Map.entry("releaseHoldOwn", Write.RELEASE), Map.entry("releaseHold", Write.RELEASE),
            Map.entry("credit", Write.CREDIT), Map.entry("adjustWallet", Write.ADJUST),
            Map.entry("freezeWallet", Write.FREEZE), Map.entry("unfreezeWallet", Write.UNFREEZE),
            Map.entry("closeWallet", Write.CLOSE));

    /** Asks for what charging a wallet asks for; it is never carried out. */
    private static final Command CHARGE = new Command.Spend(1, Memo.NONE);

    private final Wallets wallets;
    private final Outcomes outcomes;

    WalletOperations(Wallets wallets, Outcomes outcomes) {
        this.wallets = wallets;
        this.outcomes = outcomes;
    }

    void bind(Map<String, ApiHandler> handlers) {
        WRITES.forEach((id, write) -> handlers.put(id, call -> write(call, write)));
        handlers.put("getOwnBalance", this::balance);
        handlers.put("getBalance", this::balance);
    }

    private Future<Answer> balance(Call call) {
        Operation look = look(call);
        return wallets.send(look).map(outcome -> outcome instanceof Outcome.Seen(var wallet, var quota)
                ? Outcomes.seen(wallet, quota)
                : outcomes.problem(look, outcome));
    }

    /** Goes on with the wallet, once it has found that the caller may see it. */
    Future<Answer> whenSeen(Call call, Function<Wallet, Future<Answer>> next) {
        return whenSeen(look(call), next);
    }

    private Future<Answer> whenSeen(Operation look, Function<Wallet, Future<Answer>> next) {
        return wallets.send(look).compose(outcome -> outcome instanceof Outcome.Seen(var wallet, var _)
                ? next.apply(wallet)
                : Future.succeededFuture(outcomes.problem(look, outcome)));
    }

    /** The same, once it has found that the caller may charge it, whether or not that is enough to see it. */
    Future<Answer> whenCharged(Call call, Function<Wallet, Future<Answer>> next) {
        String walletId = call.walletId();
        Operation charge = new Operation(Ids.next(), walletId, null, call.caller(), CHARGE);
        if (!call.caller().allows(CHARGE, walletId)) {
            return Future.succeededFuture(outcomes.problem(charge,
                    new Outcome.Refused(new Refusal.NotAllowed(), null)));
        }
        Authority by = call.caller().owns(walletId) ? call.caller() : new Authority.House();
        return whenSeen(new Operation(Ids.next(), walletId, null, by, new Command.Look()), next);
    }

    private static Operation look(Call call) {
        return new Operation(Ids.next(), call.walletId(), null, call.caller(), new Command.Look());
    }

    private Future<Answer> write(Call call, Write write) {
        String holdId = call.parameters().optionalText("hold_id");
        return send(call.caller(), call.walletId(), call.key(), write, call.body(), holdId == null ? "" : holdId);
    }

    Future<Answer> send(Authority.Caller by, String walletId, @Nullable String key, Write write, Fields fields,
            String holdId) {
        OpKey known = key == null
                ? null
                : OpKey.ofClient(by.subject(), key, Fingerprint.of(write, walletId, holdId, fields));
        Operation operation = new Operation(Ids.next(), walletId, known, by, write.command(fields, holdId));
        return wallets.send(operation).compose(outcome -> outcomes.answer(operation, outcome, write.status(),
                receipt -> write.reply(walletId, receipt)));
    }
}
