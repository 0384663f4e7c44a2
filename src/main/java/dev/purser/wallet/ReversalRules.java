package dev.purser.wallet;

import java.time.Duration;
import java.util.Optional;

/**
 * The rules of what is taken back when money goes back: what was bought before all else, then what is there; the rest
 * becomes debt. No wallet is beyond it, be it frozen or closed.
 */
final class ReversalRules {

    /** What is disputed is set aside for longer than any dispute takes, so that it comes back even if nobody ever tells its end. */
    static final Duration LONGEST_DISPUTE = Duration.ofDays(400);

    private static final LotSource[] BOUGHT = {LotSource.PURCHASED, LotSource.BONUS};

    private final Draft draft;
    private final Reversal reversal;
    private Lots taken;

    private ReversalRules(Draft draft, Reversal reversal) {
        this.draft = draft;
        this.reversal = reversal;
        this.taken = reversal.before().lots();
    }

    static Decision reverse(Draft draft, Reversal reversal) {
        return new ReversalRules(draft, reversal).decide();
    }

    private Decision decide() {
        setFree();
        long forRefunds = reversal.moreForRefunds();
        take(EntryKind.REFUND, forRefunds);
        take(EntryKind.DISPUTE, Math.max(0, reversal.more()) - forRefunds);
        long less = Math.max(0, -reversal.more());
        long toOthers = toOthers(less);
        giveBack(less - toOthers);
        draft.repayDebt();
        setAside(reversal.frozen());
        if (draft.isEmpty()) {
            // Nothing is left to be set aside, say. That it is disputed is written all the same.
            draft.stand(EntryKind.DISPUTE, draft.wallet().standing(), memo());
        }
        long forgiven = reversal.before().forgiven() - toOthers;
        long borne = Math.max(0, reversal.tokens() - forgiven);
        draft.note(new Fact.Reversed(reversal.paymentId(),
                new TakenBack(reversal.step(), reversal.refunded(), reversal.disputed(), reversal.frozen(),
                        taken.total() > borne ? taken.take(borne).taken() : taken, forgiven)));
        return draft.done();
    }

    /** How many of those that are given back are others', who were taken what this wallet had given them: all but its own debt. */
    private long toOthers(long less) {
        TakenBack before = reversal.before();
        if (before.forgiven() == 0) {
            return 0;
        }
        long ownDebt = Math.min(before.owed(), draft.wallet().debt());
        return Math.clamp(less - ownDebt, 0, before.forgiven());
    }

    /** What was set aside before is free again, for whatever follows. */
    private void setFree() {
        Optional<Hold> aside = draft.wallet().holds().stream()
                .filter(hold -> hold.use() instanceof Disputed(var paymentId)
                        && paymentId.equals(reversal.paymentId()))
                .findAny();
        aside.ifPresent(hold -> {
            HoldRules.end(draft, hold, HoldState.RELEASED, memo());
            draft.expireLots();
        });
    }

    private void take(EntryKind kind, long amount) {
        if (amount > 0) {
            taken = taken.plus(take(draft, kind, amount, memo()));
        }
    }

    /** Takes what is there, and makes the rest debt. */
    static Lots take(Draft draft, EntryKind kind, long amount, Memo memo) {
        Wallet wallet = draft.wallet();
        long there = Math.min(amount, wallet.available());
        Lots.Split split = wallet.lots().take(there, BOUGHT);
        draft.write(kind, -there, 0, amount - there, memo, split.left(), wallet.holds(), wallet.standing());
        return split.taken();
    }

    /** Debt is repaid by it at once; the rest comes back as what it was. */
    private void giveBack(long amount) {
        if (amount == 0) {
            return;
        }
        Wallet wallet = draft.wallet();
        long repaid = Math.min(amount, wallet.debt());
        long back = amount - repaid;
        Lots.Split split = taken.take(Math.min(back, taken.total()));
        taken = split.left();
        long others = back - split.taken().total();
        Lots lots = wallet.lots().plus(split.taken());
        draft.write(EntryKind.REINSTATEMENT, back, 0, -repaid, memo(),
                others == 0 ? lots : lots.plus(new Lot(LotSource.PURCHASED, null, others)), wallet.holds(),
                wallet.standing());
        if (wallet.standing() == Standing.CLOSED && back > 0) {
            // What comes back to a wallet that was given up is given up, too.
            draft.write(EntryKind.CLOSE, -back, 0, 0, memo(), Lots.NONE, wallet.holds(), wallet.standing());
        }
    }

    /** Only what was bought, and of that what is left; nothing becomes debt by a dispute that may still be won. */
    private void setAside(long amount) {
        Wallet wallet = draft.wallet();
        long left = 0;
        for (LotSource source : BOUGHT) {
            left = Math.addExact(left, wallet.lots().total(source));
        }
        long aside = Math.min(amount, left);
        if (aside == 0 || wallet.holds().size() >= Holds.LIMIT) {
            return;
        }
        Lots.Split split = wallet.lots().take(aside, BOUGHT);
        Hold hold = new Hold("dispute-" + reversal.paymentId() + "-" + reversal.step(), "dispute",
                draft.now().plus(LONGEST_DISPUTE), true, split.taken(), new Disputed(reversal.paymentId()));
        draft.write(EntryKind.HOLD, 0, aside, 0, memo(), split.left(), wallet.holds().with(hold), wallet.standing());
        draft.noteHold(hold, HoldState.OPEN);
    }

    private Memo memo() {
        return new Memo(null, null, reversal.paymentId(), null, null, null);
    }
}
