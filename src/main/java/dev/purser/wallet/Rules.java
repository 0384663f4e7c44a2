package dev.purser.wallet;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Command.Adjust;
import dev.purser.wallet.Command.ApprovePayout;
import dev.purser.wallet.Command.Close;
import dev.purser.wallet.Command.Credit;
import dev.purser.wallet.Command.EndCall;
import dev.purser.wallet.Command.ExpireDue;
import dev.purser.wallet.Command.ExtendHold;
import dev.purser.wallet.Command.Forgive;
import dev.purser.wallet.Command.Freeze;
import dev.purser.wallet.Command.Look;
import dev.purser.wallet.Command.OpenHold;
import dev.purser.wallet.Command.Purchase;
import dev.purser.wallet.Command.Receive;
import dev.purser.wallet.Command.Recover;
import dev.purser.wallet.Command.RejectPayout;
import dev.purser.wallet.Command.ReleaseHold;
import dev.purser.wallet.Command.RenewCall;
import dev.purser.wallet.Command.RequestPayout;
import dev.purser.wallet.Command.Reverse;
import dev.purser.wallet.Command.Send;
import dev.purser.wallet.Command.SettleHold;
import dev.purser.wallet.Command.Spend;
import dev.purser.wallet.Command.StartCall;
import dev.purser.wallet.Command.TakeBack;
import dev.purser.wallet.Command.Unfreeze;

/** Decides what becomes of a command: who may, then what the wallet's state allows, then the entries. */
public final class Rules {

    private Rules() {
    }

    /**
     * Decides {@code command} on {@code wallet} at {@code now}. Whoever calls has given {@link ExpireDue} before, if the
     * wallet {@link Wallet#isDue is due}: what has expired is an operation of its own, which a refusal does not undo.
     */
    public static Decision decide(Wallet wallet, Command command, Authority by, Instant now, Terms terms) {
        if (!by.allows(command, wallet.id())) {
            return refused(new Refusal.NotAllowed());
        }
        try {
            return decide(new Draft(wallet, now, terms), command, by);
        } catch (ArithmeticException | DateTimeException tooLarge) {
            return refused(new Refusal.TooLarge());
        }
    }

    private static Decision decide(Draft draft, Command command, Authority by) {
        return switch (command) {
            case Look _ -> new Decision.Unchanged();
            case Credit credit -> credit(draft, credit);
            case Purchase purchase -> PurchaseRules.purchase(draft, purchase);
            case Reverse(var reversal) -> ReversalRules.reverse(draft, reversal);
            case Forgive(var forgiveness) -> GivenOnRules.forgive(draft, forgiveness);
            case Recover(var recovery) -> GivenOnRules.recover(draft, recovery);
            case Spend spend -> spend(draft, spend);
            case Send send -> TransferRules.send(draft, send, by);
            case Receive receive -> TransferRules.receive(draft, receive);
            case TakeBack takeBack -> TransferRules.takeBack(draft, takeBack);
            case StartCall start -> CallRules.start(draft, start, by);
            case RenewCall renew -> CallRules.renew(draft, renew);
            case EndCall end -> CallRules.end(draft, end, by);
            case RequestPayout request -> PayoutRules.request(draft, request);
            case ApprovePayout approve -> PayoutRules.approve(draft, approve, by);
            case RejectPayout reject -> PayoutRules.reject(draft, reject, by);
            case OpenHold open -> HoldRules.open(draft, open, by);
            case ExtendHold extend -> HoldRules.extend(draft, extend, by);
            case SettleHold settle -> HoldRules.settle(draft, settle, by);
            case ReleaseHold release -> HoldRules.release(draft, release, by);
            case ExpireDue _ -> expireDue(draft);
            case Adjust adjust -> HouseRules.adjust(draft, adjust, by);
            case Freeze freeze -> HouseRules.freeze(draft, freeze, by);
            case Unfreeze unfreeze -> HouseRules.unfreeze(draft, unfreeze, by);
            case Close close -> HouseRules.close(draft, close, by);
        };
    }

    static Decision refused(Refusal refusal) {
        return new Decision.Refused(refusal);
    }

    private static Decision credit(Draft draft, Credit credit) {
        Wallet wallet = draft.wallet();
        if (wallet.standing() == Standing.CLOSED) {
            return refused(new Refusal.Closed());
        }
        Instant expiresAt = credit.expiresAt();
        if (expiresAt != null && !credit.source().mayExpire()) {
            return refused(new Refusal.SourceNeverExpires(credit.source()));
        }
        if (expiresAt != null && !expiresAt.isAfter(draft.now())) {
            return refused(new Refusal.ExpiresInThePast(expiresAt));
        }
        draft.deposit(credit.source().kind(), new Lot(credit.source(), expiresAt, credit.amount()), credit.memo());
        if (expiresAt != null && madeOneLotTooMany(wallet, draft.wallet())) {
            return refused(new Refusal.TooManyLots(Lots.LIMIT));
        }
        return draft.done();
    }

    /**
     * Whether a lot was added that there is no room for. Lots on hold count too, since they come back. Tokens that never
     * expire need no room: they make one lot a source.
     */
    private static boolean madeOneLotTooMany(Wallet before, Wallet after) {
        return after.lots().size() > before.lots().size()
                && after.lots().size() + after.holds().lotsBesidesFirst() > Lots.LIMIT;
    }

    private static Decision spend(Draft draft, Spend spend) {
        Wallet wallet = draft.wallet();
        Refusal refusal = mayGoOut(wallet, spend.amount());
        if (refusal != null) {
            return refused(refusal);
        }
        draft.withdraw(EntryKind.SPEND, spend.amount(), spend.memo());
        return draft.done();
    }

    /** Why {@code amount} free tokens may not leave the wallet, or null when they may. */
    static @Nullable Refusal mayGoOut(Wallet wallet, long amount) {
        return switch (wallet.status()) {
            case FROZEN -> new Refusal.Frozen();
            case CLOSED -> new Refusal.Closed();
            case DEBT -> new Refusal.InDebt(wallet.debt());
            case ACTIVE -> wallet.available() < amount
                    ? new Refusal.InsufficientFunds(wallet.available(), amount)
                    : null;
        };
    }

    private static Decision expireDue(Draft draft) {
        if (!draft.wallet().isDue(draft.now())) {
            return new Decision.Unchanged();
        }
        List<Hold> due = draft.wallet().holds().due(draft.now());
        for (Hold hold : due) {
            // What a call sets aside next must not have run out by now.
            draft.expireLots();
            if (hold.use() instanceof MeteredCall) {
                CallRules.goOn(draft, hold.id());
            } else {
                HoldRules.end(draft, hold, HoldState.EXPIRED, Memo.of(hold.purpose()));
            }
        }
        return draft.done();
    }
}
