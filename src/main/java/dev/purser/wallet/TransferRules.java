package dev.purser.wallet;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Command.Receive;
import dev.purser.wallet.Command.Send;
import dev.purser.wallet.Command.TakeBack;

/**
 * The rules of transfers, one wallet at a time. A wallet that was closed never opens again, so what it did not take in it
 * never will: only that may come back to the sender.
 */
final class TransferRules {

    private TransferRules() {
    }

    static Decision send(Draft draft, Send send, Authority by) {
        Wallet wallet = draft.wallet();
        Transfer transfer = send.transfer();
        require(transfer.from(), wallet);
        if (transfer.id().equals(Transfer.UNNAMED)) {
            throw new IllegalArgumentException("Expected an id for what is sent to " + transfer.to());
        }
        if (transfer.to().equals(wallet.id())) {
            return Rules.refused(new Refusal.ToItself());
        }
        Refusal refusal = send.obstacle() == null
                ? maySend(draft, transfer.to(), transfer.amount(), by)
                : send.obstacle();
        if (refusal != null) {
            return Rules.refused(refusal);
        }
        Lots.Split split = wallet.lots().take(transfer.amount());
        draft.write(transfer.kind().entry(), -transfer.amount(), 0, 0, transfer.memoFor(transfer.to()), split.left(),
                wallet.holds(), wallet.standing());
        draft.noteSent(transfer, split.taken());
        return draft.done();
    }

    /** Why {@code amount} may not be sent now, or null when it may. The limits are for owners, as all limits are. */
    static @Nullable Refusal maySend(Draft draft, String to, long amount, Authority by) {
        Wallet wallet = draft.wallet();
        Refusal refusal = Rules.mayGoOut(wallet, amount);
        return refusal == null && by.owns(wallet.id())
                ? wallet.sendings().refusal(draft.terms().limits(), to, amount, draft.now())
                : refusal;
    }

    /** A wallet that is frozen takes in what it is sent, as it does every credit. */
    static Decision receive(Draft draft, Receive receive) {
        Transfer transfer = receive.transfer();
        require(transfer.to(), draft.wallet());
        if (draft.wallet().standing() == Standing.CLOSED) {
            return Rules.refused(new Refusal.Closed());
        }
        long earned = draft.wallet().totals().earned();
        draft.deposit(transfer.kind().entry(), new Lot(transfer.kind().source(), null, transfer.amount()),
                transfer.memoFor(transfer.from()));
        draft.note(new Fact.Received(transfer, transfer.kind().isEarned()
                ? new Earning(draft.terms().rate().valueOf(earned, transfer.amount()),
                        Math.addExact(earned, transfer.amount()))
                : null));
        return draft.done();
    }

    static Decision takeBack(Draft draft, TakeBack takeBack) {
        Wallet wallet = draft.wallet();
        Transfer transfer = takeBack.transfer();
        require(transfer.from(), wallet);
        if (wallet.standing() == Standing.CLOSED) {
            return Rules.refused(new Refusal.Closed());
        }
        draft.write(EntryKind.RETURN, transfer.amount(), 0, 0, transfer.memoFor(transfer.to()),
                wallet.lots().plus(takeBack.lots()), wallet.holds(), wallet.standing());
        draft.note(new Fact.Returned(transfer));
        return draft.done();
    }

    /** Callers see to it; if one does not, it must not cost anybody tokens. */
    private static void require(String expected, Wallet wallet) {
        if (!expected.equals(wallet.id())) {
            throw new IllegalArgumentException("Expected a transfer of " + wallet.id() + ", but it is of " + expected);
        }
    }
}
