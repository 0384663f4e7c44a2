package dev.purser.wallet;

import dev.purser.wallet.Command.Adjust;
import dev.purser.wallet.Command.Close;
import dev.purser.wallet.Command.Freeze;
import dev.purser.wallet.Command.Unfreeze;

/** What the house may do to a wallet by hand. Each leaves a line in the audit trail. */
final class HouseRules {

    private HouseRules() {
    }

    static Decision adjust(Draft draft, Adjust adjust, Authority by) {
        Wallet wallet = draft.wallet();
        Memo memo = Memo.of(adjust.reason());
        if (wallet.standing() == Standing.CLOSED) {
            return Rules.refused(new Refusal.Closed());
        }
        if (adjust.amount() > 0) {
            draft.deposit(EntryKind.ADJUSTMENT, new Lot(LotSource.PROMO, null, adjust.amount()), memo);
        } else {
            long taken = Math.negateExact(adjust.amount());
            if (taken > wallet.available()) {
                return Rules.refused(new Refusal.InsufficientFunds(wallet.available(), taken));
            }
            draft.withdraw(EntryKind.ADJUSTMENT, taken, memo);
        }
        draft.note(new Fact.Audited("adjust", by.subject(), adjust.reason(), adjust.amount()));
        return draft.done();
    }

    static Decision freeze(Draft draft, Freeze freeze, Authority by) {
        return switch (draft.wallet().standing()) {
            case CLOSED -> Rules.refused(new Refusal.Closed());
            case FROZEN -> Rules.refused(new Refusal.AlreadyFrozen());
            case OPEN -> stand(draft, EntryKind.FREEZE, Standing.FROZEN, "freeze", freeze.reason(), by);
        };
    }

    static Decision unfreeze(Draft draft, Unfreeze unfreeze, Authority by) {
        return switch (draft.wallet().standing()) {
            case CLOSED -> Rules.refused(new Refusal.Closed());
            case OPEN -> Rules.refused(new Refusal.NotFrozen());
            case FROZEN -> stand(draft, EntryKind.UNFREEZE, Standing.OPEN, "unfreeze", unfreeze.reason(), by);
        };
    }

    private static Decision stand(Draft draft, EntryKind kind, Standing standing, String action, String reason,
            Authority by) {
        draft.stand(kind, standing, Memo.of(reason));
        draft.note(new Fact.Audited(action, by.subject(), reason, 0));
        return draft.done();
    }

    static Decision close(Draft draft, Close close, Authority by) {
        Wallet wallet = draft.wallet();
        if (wallet.standing() == Standing.CLOSED) {
            return Rules.refused(new Refusal.Closed());
        }
        if (wallet.holds().size() > 0) {
            return Rules.refused(new Refusal.HoldsOpen(wallet.holds().size()));
        }
        long forfeited = wallet.balance();
        if (forfeited > 0 && !close.forfeit()) {
            return Rules.refused(new Refusal.NotEmpty(forfeited));
        }
        draft.write(EntryKind.CLOSE, -forfeited, 0, 0, Memo.of(close.reason()), Lots.NONE, Holds.NONE,
                Standing.CLOSED);
        draft.note(new Fact.Audited("close", by.subject(), close.reason(), -forfeited));
        return draft.done();
    }
}
