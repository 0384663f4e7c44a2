package dev.purser.lane;

/** What becomes of wallets, told as it happens, wherever they live. To be called on any thread. */
public interface WalletWatch {

    /** From now on the listener hears of a wallet; at once if it has come further than {@code version}. */
    void watch(String walletId, long version);

    /** Ends that. The listener may still hear of it for a moment. */
    void forget(String walletId);

    /** Who hears, on any thread, and must not keep it waiting. */
    interface Listener {

        /** A wallet has changed. It may be told twice, and what is older may come later. */
        void heard(News news);

        /** For a while nobody could vouch for a wallet: what was heard last may be out of date. */
        void lost(String walletId);
    }
}
