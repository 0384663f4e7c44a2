package dev.purser.wallet;

import java.time.Instant;
import java.util.function.Function;

import dev.purser.wallet.Command.ExtendHold;
import dev.purser.wallet.Command.OpenHold;
import dev.purser.wallet.Command.ReleaseHold;
import dev.purser.wallet.Command.SettleHold;

/**
 * The rules of holds. Opening and extending take free tokens and so need a wallet from which tokens may go out; settling
 * and releasing concern tokens that were set aside before, and remain possible when it was frozen since or fell in debt.
 * What a backend has set aside only a backend may touch: an owner could otherwise settle for nothing what he is served.
 */
final class HoldRules {

    private HoldRules() {
    }

    static Decision open(Draft draft, OpenHold open, Authority by) {
        Wallet wallet = draft.wallet();
        Refusal refusal = Rules.mayGoOut(wallet, open.amount());
        if (refusal != null) {
            return Rules.refused(refusal);
        }
        if (wallet.holds().find(open.holdId()) != null) {
            return Rules.refused(new Refusal.HoldExists(open.holdId()));
        }
        if (wallet.holds().size() >= Holds.LIMIT) {
            return Rules.refused(new Refusal.TooManyHolds(Holds.LIMIT));
        }
        Lots.Split split = wallet.lots().take(open.amount());
        Hold hold = new Hold(open.holdId(), open.purpose(), draft.now().plus(open.lifetime()), by.mayCharge(),
                split.taken(), null);
        return reserved(draft, hold, open.amount(), split.left());
    }

    static Decision extend(Draft draft, ExtendHold extend, Authority by) {
        return touch(draft, extend.holdId(), by, hold -> extend(draft, extend, hold));
    }

    private static Decision extend(Draft draft, ExtendHold extend, Hold hold) {
        Wallet wallet = draft.wallet();
        Refusal refusal = Rules.mayGoOut(wallet, extend.amount());
        if (refusal != null) {
            return Rules.refused(refusal);
        }
        Lots.Split split = wallet.lots().take(extend.amount());
        Hold longer = new Hold(hold.id(), hold.purpose(), laterOf(hold, extend, draft.now()), hold.guarded(),
                hold.lots().plus(split.taken()), null);
        return reserved(draft, longer, extend.amount(), split.left());
    }

    private static Instant laterOf(Hold hold, ExtendHold extend, Instant now) {
        Instant wanted = extend.lifetime() == null ? hold.expiresAt() : now.plus(extend.lifetime());
        return wanted.isAfter(hold.expiresAt()) ? wanted : hold.expiresAt();
    }

    private static Decision reserved(Draft draft, Hold hold, long amount, Lots left) {
        draft.write(EntryKind.HOLD, 0, amount, 0, Memo.of(hold.purpose()), left, draft.wallet().holds().with(hold),
                draft.wallet().standing());
        draft.noteHold(hold, HoldState.OPEN);
        return draft.done();
    }

    static Decision settle(Draft draft, SettleHold settle, Authority by) {
        return touch(draft, settle.holdId(), by, hold -> settle(draft, settle, hold));
    }

    private static Decision settle(Draft draft, SettleHold settle, Hold hold) {
        Wallet wallet = draft.wallet();
        long overage = settle.amount() - hold.amount();
        if (overage > 0 && !settle.allowOverage()) {
            return Rules.refused(new Refusal.ExceedsHold(hold.amount(), settle.amount()));
        }
        Refusal refusal = overage > 0 ? Rules.mayGoOut(wallet, overage) : null;
        if (refusal != null) {
            return Rules.refused(refusal);
        }
        Lots.Split ofHold = hold.lots().take(Math.min(settle.amount(), hold.amount()));
        Lots free = wallet.lots().take(Math.max(overage, 0)).left().plus(ofHold.left());
        draft.write(EntryKind.SPEND, -settle.amount(), -hold.amount(), 0, settle.memo(), free,
                wallet.holds().without(hold.id()), wallet.standing());
        draft.noteHold(hold, HoldState.SETTLED);
        return draft.done();
    }

    static Decision release(Draft draft, ReleaseHold release, Authority by) {
        return touch(draft, release.holdId(), by, hold -> release(draft, release, hold));
    }

    private static Decision release(Draft draft, ReleaseHold release, Hold hold) {
        end(draft, hold, HoldState.RELEASED, release.memo());
        return draft.done();
    }

    /** Does something to a hold that is open, if it may be touched by itself. */
    private static Decision touch(Draft draft, String holdId, Authority by, Function<Hold, Decision> change) {
        Hold hold = draft.wallet().holds().find(holdId);
        if (hold == null) {
            return Rules.refused(new Refusal.NoOpenHold(holdId));
        }
        if (hold.use() != null) {
            return Rules.refused(new Refusal.HoldInUse(holdId));
        }
        return hold.guarded() && !by.mayCharge()
                ? Rules.refused(new Refusal.HoldGuarded(holdId))
                : change.apply(hold);
    }

    /** Gives back all that a hold set aside. */
    static void end(Draft draft, Hold hold, HoldState state, Memo memo) {
        Wallet wallet = draft.wallet();
        draft.write(EntryKind.RELEASE, 0, -hold.amount(), 0, memo, wallet.lots().plus(hold.lots()),
                wallet.holds().without(hold.id()), wallet.standing());
        draft.noteHold(hold, state);
    }
}
