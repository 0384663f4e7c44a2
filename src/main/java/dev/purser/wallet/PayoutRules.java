package dev.purser.wallet;

import dev.purser.wallet.Command.ApprovePayout;
import dev.purser.wallet.Command.RejectPayout;
import dev.purser.wallet.Command.RequestPayout;

/**
 * The rules of payouts: only what was earned is paid out, and not before it is old enough to be safe from refunds. What
 * was earned first counts as spent first.
 */
final class PayoutRules {

    private PayoutRules() {
    }

    static Decision request(Draft draft, RequestPayout request) {
        Wallet wallet = draft.wallet();
        Terms terms = draft.terms();
        Refusal refusal = Rules.mayGoOut(wallet, 0);
        if (refusal != null) {
            return Rules.refused(refusal);
        }
        if (request.amount() < terms.leastPayout()) {
            return Rules.refused(new Refusal.PayoutTooSmall(terms.leastPayout()));
        }
        long payable = Payout.payable(wallet, request.earnedBefore());
        if (request.amount() > payable) {
            return Rules.refused(new Refusal.NotPayable(payable, request.amount()));
        }
        if (wallet.holds().size() >= Holds.LIMIT) {
            return Rules.refused(new Refusal.TooManyHolds(Holds.LIMIT));
        }
        Lots.Split split = wallet.lots().take(request.amount(), LotSource.EARNED);
        Hold hold = new Hold(request.payoutId(), "payout", draft.now().plus(terms.payoutReview()), true, split.taken(),
                new Payout(terms.rate().valueOf(request.amount()), null, null));
        draft.write(EntryKind.HOLD, 0, request.amount(), 0, Memo.of(hold.purpose()), split.left(),
                wallet.holds().with(hold), wallet.standing());
        draft.noteHold(hold, HoldState.OPEN);
        return draft.done();
    }

    static Decision approve(Draft draft, ApprovePayout approve, Authority by) {
        Wallet wallet = draft.wallet();
        Hold hold = wallet.holds().find(approve.payoutId());
        if (hold == null || !(hold.use() instanceof Payout payout)) {
            return Rules.refused(new Refusal.NoOpenHold(approve.payoutId()));
        }
        Refusal refusal = Rules.mayGoOut(wallet, 0);
        if (refusal != null) {
            return Rules.refused(refusal);
        }
        draft.write(EntryKind.PAYOUT, -hold.amount(), -hold.amount(), 0, Memo.of(approve.reference()), wallet.lots(),
                wallet.holds().without(hold.id()), wallet.standing());
        draft.noteHold(hold.with(payout.decided(by.subject(), approve.reference())), HoldState.SETTLED);
        draft.note(new Fact.Audited("approve_payout", by.subject(), approve.reference(), -hold.amount()));
        return draft.done();
    }

    static Decision reject(Draft draft, RejectPayout reject, Authority by) {
        Hold hold = draft.wallet().holds().find(reject.payoutId());
        if (hold == null || !(hold.use() instanceof Payout payout)) {
            return Rules.refused(new Refusal.NoOpenHold(reject.payoutId()));
        }
        HoldRules.end(draft, hold.with(payout.decided(by.subject(), reject.reason())), HoldState.RELEASED,
                Memo.of(reject.reason()));
        draft.note(new Fact.Audited("reject_payout", by.subject(), reject.reason(), 0));
        return draft.done();
    }
}
