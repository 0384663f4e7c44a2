package dev.purser.lane;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Allowance;
import dev.purser.wallet.Entry;
import dev.purser.wallet.EntryKind;
import dev.purser.wallet.Status;
import dev.purser.wallet.Wallet;

/**
 * What those are told who watch a wallet: how it stands. Of several changes they may hear of the last one only.
 *
 * @param cause its last entry, where that is known
 * @param allowance null if it has none
 */
public record News(String walletId, long version, long balance, long held, long debt, Status status,
        @Nullable Cause cause, @Nullable Allowance allowance) {

    /** What brought the wallet to where it is. */
    public record Cause(EntryKind kind, long amount, long seq) {
    }

    /** How a wallet stands, whatever brought it there. */
    public static News of(Wallet wallet) {
        return of(wallet, null);
    }

    static News of(Wallet wallet, @Nullable Entry last) {
        return new News(wallet.id(), wallet.version(), wallet.balance(), wallet.held(), wallet.debt(), wallet.status(),
                last == null ? null : new Cause(last.kind(), last.amount(), last.seq()),
                wallet.granted() == 0 ? null : wallet.allowance());
    }

    public long available() {
        return balance - held;
    }

    /** The one that knows more. */
    News orNewer(News other) {
        return other.version > version ? other : this;
    }
}
