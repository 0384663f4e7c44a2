package dev.purser.wallet;

import dev.purser.wallet.Command.Purchase;

/** The rules of what is bought with money. */
final class PurchaseRules {

    private PurchaseRules() {
    }

    /** A wallet that is frozen takes in what was paid for, as it does every credit. */
    static Decision purchase(Draft draft, Purchase purchase) {
        if (draft.wallet().standing() == Standing.CLOSED) {
            return Rules.refused(new Refusal.Closed());
        }
        Payment payment = purchase.payment();
        Memo memo = new Memo("Pack " + payment.packId(), null, payment.id(), payment.payer(), null, null);
        draft.deposit(EntryKind.PURCHASE, new Lot(LotSource.PURCHASED, null, payment.tokens()), memo);
        if (payment.bonus() > 0) {
            draft.deposit(EntryKind.BONUS, new Lot(LotSource.BONUS, null, payment.bonus()), memo);
        }
        draft.note(new Fact.Paid(payment));
        return draft.done();
    }
}
