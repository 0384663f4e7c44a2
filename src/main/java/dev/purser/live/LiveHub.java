package dev.purser.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.News;
import dev.purser.lane.WalletWatch;

/** A node's clients, by the wallet they are shown: whatever their number, a wallet is watched once. Used on any thread. */
public final class LiveHub implements WalletWatch.Listener {

    private final LiveSettings settings;
    private final Map<String, Audience> audiences = new ConcurrentHashMap<>();
    private final AtomicInteger clients = new AtomicInteger();
    private volatile @Nullable WalletWatch watch;
    private volatile boolean leaving;

    public LiveHub(LiveSettings settings) {
        this.settings = settings;
    }

    /** Those who are shown one wallet, and what they are shown. */
    private record Audience(Shown latest, List<Client> clients) {

        Audience with(Client client) {
            List<Client> more = new ArrayList<>(clients);
            more.add(client);
            return new Audience(latest, List.copyOf(more));
        }

        @Nullable
        Audience without(Client client) {
            List<Client> rest = clients.stream().filter(each -> !each.equals(client)).toList();
            return rest.isEmpty() ? null : new Audience(latest, rest);
        }

        Audience at(Shown shown) {
            return shown.version() > latest.version() ? new Audience(shown, clients) : this;
        }
    }

    /** From now on clients may come: this is where news of their wallets is asked for. */
    public void open(WalletWatch walletWatch) {
        watch = walletWatch;
    }

    /** A place for one more client, to be given back by {@link #leave}; false when there is none. */
    boolean enter() {
        if (leaving || watch == null) {
            return false;
        }
        if (clients.incrementAndGet() > settings.clients()) {
            clients.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        clients.decrementAndGet();
    }

    /** How many clients there are, whether or not it is known who they are. */
    public int clients() {
        return clients.get();
    }

    /**
     * From now on {@code client} is shown its wallet, which stands as {@code seen} as far as it knows. Answers the latest
     * there is of it; null if that user has too many clients.
     */
    @Nullable
    Shown join(Client client, News seen) {
        Audience joined = audiences.compute(client.walletId(), (id, before) -> {
            if (before == null) {
                startWatching(id, seen.version());
                return new Audience(Shown.of(seen), List.of(client));
            }
            return before.clients().size() < settings.clientsPerUser() ? before.with(client) : before;
        });
        if (!joined.clients().contains(client)) {
            return null;
        }
        Shown latest = joined.latest();
        return latest.version() >= seen.version() ? latest : Shown.of(seen);
    }

    private void startWatching(String walletId, long version) {
        WalletWatch opened = watch;
        if (opened != null) {
            opened.watch(walletId, version);
        }
    }

    void part(Client client) {
        audiences.computeIfPresent(client.walletId(), (id, before) -> {
            Audience rest = before.without(client);
            WalletWatch opened = watch;
            if (rest == null && opened != null) {
                opened.forget(id);
            }
            return rest;
        });
    }

    @Override
    public void heard(News news) {
        Shown shown = Shown.of(news);
        Audience audience = audiences.computeIfPresent(news.walletId(), (_, before) -> before.at(shown));
        if (audience != null) {
            audience.clients().forEach(client -> client.show(shown));
        }
    }

    @Override
    public void lost(String walletId) {
        Audience audience = audiences.get(walletId);
        if (audience != null) {
            audience.clients().forEach(client -> client.end(Farewell.LATER));
        }
    }

    /** Lets nobody in any more, and sends all away: they connect to another node, or to this one when it is back. */
    public void close() {
        leaving = true;
        audiences.values().forEach(audience -> audience.clients().forEach(client -> client.end(Farewell.LEAVING)));
    }
}
