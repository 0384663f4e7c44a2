package dev.purser.wallet;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** What must hold of every wallet and every accepted decision, said once and without the model. */
final class Laws {

    private Laws() {
    }

    static void check(Wallet before, Decision.Accepted accepted) {
        check(accepted.after());
        chain(before, accepted.after(), accepted.receipt().entries());
        receipt(accepted.after(), accepted.receipt());
        heldTokensStay(before, accepted);
        if (accepted.receipt().entries().stream().allMatch(Entry::onlySpends)) {
            Check.same("what a spend leaves as it is", rest(before), rest(accepted.after()));
        }
    }

    private static List<Object> rest(Wallet wallet) {
        return List.of(wallet.held(), wallet.debt(), wallet.status(), wallet.totals().purchased(),
                wallet.totals().earned(), wallet.granted());
    }

    static void check(Wallet wallet) {
        Check.that(wallet.balance() >= 0, "a balance that is not negative");
        Check.that(0 <= wallet.held() && wallet.held() <= wallet.balance(), "0 <= held <= balance");
        Check.that(wallet.debt() >= 0, "a debt that is not negative");
        Check.that(wallet.debt() == 0 || wallet.available() == 0, "nothing available while there is debt");
        long held = 0;
        for (Hold hold : wallet.holds()) {
            held = Math.addExact(held, sound(hold.lots()));
        }
        Check.same("the holds' sum as held", held, wallet.held());
        Check.same("lots and holds as balance", Math.addExact(sound(wallet.lots()), held), wallet.balance());
        Check.that(wallet.updatedAt() == null || !wallet.lots().due(wallet.updatedAt()).taken().iterator().hasNext(),
                "no free tokens that had run out when the last entry was written");
    }

    /** The tokens of lots, which are all positive, each sort once and in spending order. */
    private static long sound(Lots lots) {
        long total = 0;
        Lot last = null;
        for (Lot lot : lots) {
            Check.that(lot.amount() > 0, "no empty lot");
            Check.that(last == null || goesBefore(last, lot), "lots in spending order");
            last = lot;
            total = Math.addExact(total, lot.amount());
        }
        return total;
    }

    private static boolean goesBefore(Lot one, Lot other) {
        if (Objects.equals(one.expiresAt(), other.expiresAt())) {
            return one.source().compareTo(other.source()) < 0;
        }
        return other.expiresAt() == null || (one.expiresAt() != null && one.expiresAt().isBefore(other.expiresAt()));
    }

    private static void chain(Wallet before, Wallet after, List<Entry> entries) {
        Check.that(!entries.isEmpty(), "an entry for every change");
        long seq = before.version();
        long balance = before.balance();
        Instant last = before.updatedAt();
        for (Entry entry : entries) {
            seq++;
            balance += entry.amount();
            Check.same("entries numbered without a hole", seq, entry.seq());
            Check.same("each entry's balance on top of the one before", balance, entry.balanceAfter());
            Check.that(balance >= 0, "no negative balance on the way");
            Check.that(last == null || !entry.at().isBefore(last), "entry times that never go back");
            last = entry.at();
        }
        Check.same("the last entry's number as version", seq, after.version());
        Check.same("the last entry's balance", balance, after.balance());
        Check.same("the last entry's time", last, after.updatedAt());
    }

    private static void receipt(Wallet after, Receipt receipt) {
        Check.same("the version after on the receipt", after.version(), receipt.version());
        Check.same("the balance after on the receipt", after.balance(), receipt.balance());
        Check.same("the held after on the receipt", after.held(), receipt.held());
        Check.same("the available after on the receipt", after.available(), receipt.available());
        Check.same("the debt after on the receipt", after.debt(), receipt.debt());
        Check.same("the status after on the receipt", after.status(), receipt.status());
    }

    /** A hold loses tokens only by a fact that says that it has ended. */
    private static void heldTokensStay(Wallet before, Decision.Accepted accepted) {
        for (Hold hold : before.holds()) {
            Hold now = accepted.after().holds().find(hold.id());
            boolean ended = accepted.facts().stream().anyMatch(fact -> fact instanceof Fact.HoldChanged changed
                    && changed.hold().id().equals(hold.id()) && changed.state() != HoldState.OPEN);
            Check.that(ended ? now == null : now != null && now.amount() + paidOf(hold, accepted) >= hold.amount(),
                    "held tokens to stay held");
        }
    }

    /** What a call was charged, of what its hold had set aside. */
    private static long paidOf(Hold hold, Decision.Accepted accepted) {
        return accepted.receipt().entries().stream()
                .filter(entry -> entry.kind() == EntryKind.CALL && hold.id().equals(entry.memo().channel()))
                .mapToLong(entry -> -entry.amount()).sum();
    }
}
