package dev.purser.lane;

import java.time.Duration;
import java.util.List;

/** Someone whom a lane tells what becomes of wallets: one node on behalf of all who look there. A value: equal if it is the same node. */
public interface Watcher {

    /** For so long it is told once it has asked for it. */
    Duration LEASE = Duration.ofSeconds(10);

    /** Is told on the lane's thread, at most once for each wallet, and must not keep it waiting. */
    void tell(List<News> news);

    /** A wallet to watch, and the version up to which its watcher knows it already. */
    record Known(String walletId, long version) {

        /** The version of whoever knows nothing of a wallet. */
        public static final long NOTHING = -1;
    }
}
