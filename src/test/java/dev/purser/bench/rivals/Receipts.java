package dev.purser.bench.rivals;

import java.time.Instant;
import java.util.List;

import dev.purser.lane.Outcome;
import dev.purser.wallet.Entry;
import dev.purser.wallet.EntryKind;
import dev.purser.wallet.Holds;
import dev.purser.wallet.Lots;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Receipt;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Sendings;
import dev.purser.wallet.Standing;
import dev.purser.wallet.Status;
import dev.purser.wallet.Totals;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.Wallet;

/** What the rivals answer, in the service's words. */
final class Receipts {

    private Receipts() {
    }

    static Outcome spent(long amount, long version, long balance, Instant now) {
        Entry entry = new Entry(version, EntryKind.SPEND, -amount, 0, 0, balance, now, Memo.NONE);
        return new Outcome.Done(new Receipt(version, balance, 0, 0, Status.ACTIVE, List.of(entry), null), false, null);
    }

    static Outcome tipped(Transfer transfer, long version, long balance, Instant now) {
        Entry entry = new Entry(version, EntryKind.TIP, -transfer.amount(), 0, 0, balance, now,
                new Memo(transfer.message(), null, null, transfer.to(), transfer.channel(), transfer.id()));
        return new Outcome.Done(new Receipt(version, balance, 0, 0, Status.ACTIVE, List.of(entry), null), false, null);
    }

    static Outcome tooLittle(long amount, long balance) {
        return new Outcome.Refused(new Refusal.InsufficientFunds(balance, amount), null);
    }

    static Outcome seen(String walletId, long version, long balance) {
        return new Outcome.Seen(new Wallet(walletId, version, balance, 0, 0, Standing.OPEN, Totals.NONE, Lots.NONE,
                Holds.NONE, Sendings.NONE, Instant.EPOCH, 0), null);
    }

    static Outcome failed() {
        return new Outcome.Unavailable(Outcome.Reason.TIMED_OUT, 1);
    }
}
