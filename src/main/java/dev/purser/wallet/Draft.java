package dev.purser.wallet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** A decision in the making: each entry is applied as it is written, so that the next one stands on it. */
final class Draft {

    private final Instant now;
    private final Terms terms;
    private Wallet wallet;
    private final List<Entry> entries = new ArrayList<>(1);
    private List<Fact> facts = List.of();
    private Fact.@Nullable HoldChanged hold;

    Draft(Wallet wallet, Instant now, Terms terms) {
        this.terms = terms;
        Instant last = wallet.updatedAt();
        this.wallet = wallet;
        this.now = last != null && last.isAfter(now) ? last : now;
    }

    Wallet wallet() {
        return wallet;
    }

    /** The time of the decision: never before the wallet's last entry, whatever another node's clock said then. */
    Instant now() {
        return now;
    }

    Terms terms() {
        return terms;
    }

    /** Whether no entry was written yet. */
    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Tokens come in. */
    void deposit(EntryKind kind, Lot lot, Memo memo) {
        write(kind, lot.amount(), 0, 0, memo, wallet.lots().plus(lot), wallet.holds(), wallet.standing());
    }

    /** Free tokens go out, those first that are to be spent first. */
    void withdraw(EntryKind kind, long amount, Memo memo) {
        write(kind, -amount, 0, 0, memo, wallet.lots().take(amount).left(), wallet.holds(), wallet.standing());
    }

    void write(EntryKind kind, long amount, long held, long debt, Memo memo, Lots lots, Holds holds,
            Standing standing) {
        Entry entry = new Entry(Math.addExact(wallet.version(), 1), kind, amount, held, debt,
                Math.addExact(wallet.balance(), amount), now, memo);
        wallet = wallet.apply(entry, lots, holds, standing);
        entries.add(entry);
    }

    /** Only the standing changes. */
    void stand(EntryKind kind, Standing standing, Memo memo) {
        write(kind, 0, 0, 0, memo, wallet.lots(), wallet.holds(), standing);
    }

    void note(Fact fact) {
        if (facts.isEmpty()) {
            facts = new ArrayList<>(1);
        }
        facts.add(fact);
    }

    /** Tokens that have just been taken out are another's. */
    void noteSent(Transfer transfer, Lots lots) {
        note(new Fact.Sent(transfer, lots, wallet.sendings().last()));
        wallet = wallet.sent(transfer, now);
    }

    void noteHold(Hold changed, HoldState state) {
        hold = new Fact.HoldChanged(changed, state);
        note(hold);
    }

    /** Ends the decision with what follows from it: given-back lots that ran out meanwhile, and debt that can be repaid. */
    Decision done() {
        expireLots();
        repayDebt();
        return new Decision.Accepted(wallet, new Receipt(wallet.version(), wallet.balance(), wallet.held(),
                wallet.debt(), wallet.status(), List.copyOf(entries), hold), facts);
    }

    void expireLots() {
        Lots due = wallet.lots().due(now).taken();
        for (Lot lot : due) {
            withdraw(EntryKind.EXPIRY, lot.amount(), Memo.of(lot.source().text()));
        }
    }

    void repayDebt() {
        long repaid = Math.min(wallet.debt(), wallet.available());
        if (repaid > 0) {
            write(EntryKind.DEBT_REPAYMENT, -repaid, 0, -repaid, Memo.NONE, wallet.lots().take(repaid).left(),
                    wallet.holds(), wallet.standing());
        }
    }
}
