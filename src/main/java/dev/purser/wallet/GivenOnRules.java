package dev.purser.wallet;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The rules of taking back what was given on, one wallet at a time. Whoever it was given to loses no more than what is left
 * of it, and owes nothing; the giver is let off only what is set aside there.
 */
final class GivenOnRules {

    /** What the giver is let off must be found where it is set aside: that ends when all is decided, never by itself. */
    static final Duration FOR_GOOD = Duration.ofDays(36_500);

    private GivenOnRules() {
    }

    /** At the giver's. No more than is owed just now: none of it becomes tokens. */
    static Decision forgive(Draft draft, Forgiveness forgiveness) {
        TakenBack before = forgiveness.before();
        Memo memo = new Memo(null, null, forgiveness.paymentId(), null, null, null);
        Wallet wallet = draft.wallet();
        long forgiven = Math.clamp(forgiveness.tokens(), -before.forgiven(), wallet.debt());
        if (forgiven == 0) {
            return new Decision.Unchanged();
        }
        Lots lots = before.lots();
        if (forgiven > 0) {
            draft.write(EntryKind.REINSTATEMENT, 0, 0, -forgiven, memo, wallet.lots(), wallet.holds(),
                    wallet.standing());
        } else {
            lots = lots.plus(ReversalRules.take(draft, EntryKind.DISPUTE, -forgiven, memo));
        }
        draft.note(new Fact.Reversed(forgiveness.paymentId(), new TakenBack(forgiveness.step(), before.refunded(),
                before.disputed(), before.frozen(), lots, before.forgiven() + forgiven)));
        draft.note(new Fact.Forgiven(forgiveness.paymentId(), forgiveness.number()));
        return draft.done();
    }

    /** Where it was given to. */
    static Decision recover(Draft draft, Recovery recovery) {
        Recovered before = recovery.before();
        GivenOn gift = before.gift();
        EntryKind kind = recovery.disputed() ? EntryKind.DISPUTE : EntryKind.REFUND;
        Memo memo = new Memo(null, null, gift.paymentId(), gift.from(), null, null);
        Hold hold = find(draft.wallet(), new Contested(gift.paymentId(), gift.transferId()));
        if (hold != null) {
            HoldRules.end(draft, hold, HoldState.RELEASED, memo);
        }
        long taken = before.taken()
                + settle(draft, gift.kind().source(), kind, recovery.taken() - before.taken(), memo);
        long aside = setAside(draft, recovery, memo);
        if (draft.isEmpty()) {
            // It is all spent. That it was looked for is written all the same.
            draft.stand(kind, draft.wallet().standing(), memo);
        }
        long room = aside < recovery.aside() ? Math.min(before.room() - taken, aside) + taken : before.room();
        draft.note(new Fact.GivenOnChanged(new Recovered(gift, recovery.number(), room, aside, taken),
                recovery.step()));
        return draft.done();
    }

    private static @Nullable Hold find(Wallet wallet, Contested use) {
        for (Hold hold : wallet.holds()) {
            if (use.equals(hold.use())) {
                return hold;
            }
        }
        return null;
    }

    /** Takes so many more, or gives so many back; answers how many it took. */
    private static long settle(Draft draft, LotSource source, EntryKind kind, long more, Memo memo) {
        Wallet wallet = draft.wallet();
        if (more > 0) {
            long there = Math.min(more, wallet.lots().total(source));
            if (there > 0) {
                draft.write(kind, -there, 0, 0, memo, wallet.lots().take(there, source).left(), wallet.holds(),
                        wallet.standing());
            }
            return there;
        }
        if (more < 0) {
            draft.deposit(EntryKind.REINSTATEMENT, new Lot(source, null, -more), memo);
            if (wallet.standing() == Standing.CLOSED) {
                // What comes back to a wallet that was given up is given up, too.
                draft.withdraw(EntryKind.CLOSE, -more, memo);
            }
        }
        return more;
    }

    /** As much of it as is left; tokens of other sources are not what was given. */
    private static long setAside(Draft draft, Recovery recovery, Memo memo) {
        GivenOn gift = recovery.before().gift();
        LotSource source = gift.kind().source();
        Wallet wallet = draft.wallet();
        long aside = Math.min(recovery.aside(), wallet.lots().total(source));
        if (aside == 0 || wallet.holds().size() >= Holds.LIMIT) {
            return 0;
        }
        Lots.Split split = wallet.lots().take(aside, source);
        Hold hold = new Hold("given-" + gift.transferId() + "-" + recovery.number(), "dispute",
                draft.now().plus(FOR_GOOD), true, split.taken(),
                new Contested(gift.paymentId(), gift.transferId()));
        draft.write(EntryKind.HOLD, 0, aside, 0, memo, split.left(), wallet.holds().with(hold), wallet.standing());
        draft.noteHold(hold, HoldState.OPEN);
        return aside;
    }
}
