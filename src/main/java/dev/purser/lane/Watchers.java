package dev.purser.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who watches the lane's wallets. A watch ends by itself unless it is kept up, so nobody has to be told that a watcher is
 * gone. However busy a wallet is, a watcher hears of it a hundred times a second at most, and then how it stands by then.
 */
final class Watchers {

    /** Between two times that watchers are told. */
    static final Duration REST = Duration.ofMillis(10);
    /** So many watches are kept: whoever wants more hears that this lane cannot vouch for the wallet. */
    static final int MOST = 200_000;

    private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final LaneLoop loop;
    private final Map<String, List<Watch>> byWallet = new HashMap<>();
    private final Map<Watcher, Map<String, News>> untold = new LinkedHashMap<>();
    private int watches;
    private boolean resting;
    private Instant nextSweep = Instant.MIN;

    Watchers(LaneLoop loop) {
        this.loop = loop;
    }

    /** Whether a watch is kept up, and whether its watcher knows the wallet. */
    enum Kept {
        KNOWN,
        UNSEEN,
        REFUSED
    }

    /** One watcher's watch of one wallet, in one term of ownership. */
    static final class Watch {

        private final Watcher watcher;
        private final int term;
        private Instant until;
        private long told;
        /** Whether the wallet was seen since the watch began: before, nobody can say that its watcher knows it. */
        private boolean begun;

        Watch(Watcher watcher, int term, long told, Instant until) {
            this.watcher = watcher;
            this.term = term;
            this.told = told;
            this.until = until;
        }
    }

    /**
     * Keeps up a watch. The watcher has to be shown the wallet if the watch is new in this term, or if something that it was
     * told has not come to it.
     */
    Kept keep(Watcher watcher, Watcher.Known known, int term, Instant now) {
        Watch before = find(known.walletId(), watcher);
        if (before != null && before.term == term) {
            before.until = now.plus(Watcher.LEASE);
            return !before.begun || before.told > known.version() ? Kept.UNSEEN : Kept.KNOWN;
        }
        if (before != null) {
            end(known.walletId(), before);
        }
        if (watches >= MOST) {
            return Kept.REFUSED;
        }
        watches++;
        byWallet.computeIfAbsent(known.walletId(), _ -> new ArrayList<>(1))
                .add(new Watch(watcher, term, known.version(), now.plus(Watcher.LEASE)));
        return Kept.UNSEEN;
    }

    private @Nullable Watch find(String walletId, Watcher watcher) {
        for (Watch watch : byWallet.getOrDefault(walletId, List.of())) {
            if (watch.watcher.equals(watcher)) {
                return watch;
            }
        }
        return null;
    }

    private void end(String walletId, Watch watch) {
        List<Watch> all = byWallet.getOrDefault(walletId, List.of());
        if (all.remove(watch)) {
            watches--;
        }
        if (all.isEmpty()) {
            byWallet.remove(walletId);
        }
    }

    /** How a wallet stands: its watcher is told, unless it knows that already. */
    void show(Watcher watcher, Watcher.Known known, News news) {
        Watch watch = find(known.walletId(), watcher);
        if (watch != null) {
            watch.begun = true;
            if (news.version() > known.version()) {
                tell(watch, news);
                tellSoon();
            }
        }
    }

    /** A turn is durable: whoever watches its wallet hears how it stands now. */
    void changed(Turn turn) {
        List<Watch> all = byWallet.get(turn.walletId());
        if (all != null) {
            News news = turn.news();
            all.forEach(watch -> tell(watch, news));
            tellSoon();
        }
    }

    private void tell(Watch watch, News news) {
        watch.told = Math.max(watch.told, news.version());
        untold.computeIfAbsent(watch.watcher, _ -> new HashMap<>()).merge(news.walletId(), news, News::orNewer);
    }

    private void tellSoon() {
        if (!resting) {
            resting = true;
            tellAll();
            loop.after(REST, this::rested);
        }
    }

    private void rested() {
        resting = false;
        if (!untold.isEmpty()) {
            tellSoon();
        }
    }

    private void tellAll() {
        untold.forEach((watcher, news) -> {
            try {
                watcher.tell(List.copyOf(news.values()));
            } catch (RuntimeException bug) {
                LOG.error("Expected to tell a watcher of {} wallets, but it failed", news.size(), bug);
            }
        });
        untold.clear();
    }

    void dropIf(Predicate<String> which) {
        byWallet.entrySet().removeIf(entry -> {
            boolean drops = which.test(entry.getKey());
            watches -= drops ? entry.getValue().size() : 0;
            return drops;
        });
    }

    /** Ends the watches of those who are gone. */
    void forget(Predicate<Watcher> gone) {
        untold.keySet().removeIf(gone);
        endIf(watch -> gone.test(watch.watcher));
    }

    /** Ends the watches that nobody has kept up; to be called now and then. */
    void sweep(Instant now) {
        if (!now.isBefore(nextSweep)) {
            nextSweep = now.plus(SWEEP);
            endIf(watch -> watch.until.isBefore(now));
        }
    }

    private void endIf(Predicate<Watch> which) {
        byWallet.values().removeIf(all -> {
            int before = all.size();
            all.removeIf(which);
            watches -= before - all.size();
            return all.isEmpty();
        });
    }
}
