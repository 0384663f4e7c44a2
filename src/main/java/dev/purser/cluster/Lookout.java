package dev.purser.cluster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.lane.WalletWatch;
import dev.purser.lane.Watcher;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;

/**
 * The clustered {@link WalletWatch}: asks the lanes to be told of the wallets that somebody looks at here, and asks again
 * before they forget, so that what was lost on the way is made up for within seconds. When a wallet moves, the lane that
 * has it now is asked at once, with what is known already: it tells what is missing.
 */
final class Lookout extends VerticleBase implements WalletWatch, SelfPing.Ear {

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

    private static final int WALLETS_AT_ONCE = 500;
    private static final long LOOK_MILLIS = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** After so long a watch is kept up. */
    private static final long KEPT_NANOS = Watcher.LEASE.dividedBy(3).toNanos();
    /** For so long what was heard last is believed, if nobody vouches for it. */
    private static final long BELIEVED_NANOS = Duration.ofSeconds(15).toNanos();

    private final String nodeId;
    private final Territory territory;
    private final Listener listener;
    private final DeliveryOptions options = new DeliveryOptions().setCodecName(WireCodec.nameFor(Watch.class))
            .setSendTimeout(PATIENCE.toMillis());
    private final Map<String, Watched> watched = new HashMap<>();
    private final Map<String, Desk> desks = new HashMap<>();
    private @Nullable MessageConsumer<Watch.Told> ear;

    Lookout(String nodeId, Territory territory, Listener listener) {
        this.nodeId = nodeId;
        this.territory = territory;
        this.listener = listener;
    }

    /** A wallet that somebody looks at here. */
    private static final class Watched {

        private final String walletId;
        private long version;
        /** Which lane vouches for what is known, and since when. */
        private @Nullable String address;
        private long vouchedAt = System.nanoTime();
        /** Which lane is being asked. */
        private @Nullable String asked;

        Watched(String walletId, long version) {
            this.walletId = walletId;
            this.version = version;
        }
    }

    /** A lane that is asked, by one message at a time. */
    private static final class Desk {

        private final String address;
        private final Deque<Watched> waiting = new ArrayDeque<>();
        private boolean busy;

        Desk(String address) {
            this.address = address;
        }
    }

    @Override
    public Future<?> start() {
        long _ = vertx.setPeriodic(LOOK_MILLIS, _ -> look());
        territory.onChange(() -> context.runOnContext(_ -> look()));
        return listen();
    }

    private Future<Void> listen() {
        return Registration.of(vertx, address(), this::told).onSuccess(registered -> ear = registered).mapEmpty();
    }

    @Override
    public String address() {
        return Addresses.ofNews(nodeId);
    }

    @Override
    public Future<Void> listenAnew() {
        Promise<Void> listening = Promise.promise();
        context.runOnContext(_ -> {
            MessageConsumer<Watch.Told> before = ear;
            listen().compose(_ -> before == null ? Future.succeededFuture() : before.unregister())
                    .onComplete(listening);
        });
        return listening.future();
    }

    @Override
    public void watch(String walletId, long version) {
        context.runOnContext(_ -> {
            Watched wallet = watched.computeIfAbsent(walletId, id -> new Watched(id, version));
            askIfDue(wallet, System.nanoTime());
        });
    }

    @Override
    public void forget(String walletId) {
        context.runOnContext(_ -> {
            Watched _ = watched.remove(walletId);
        });
    }

    private void told(Message<Watch.Told> message) {
        if (SelfPing.isPing(message.headers())) {
            message.reply(null);
            return;
        }
        Watch.Told told;
        try {
            told = message.body();
        } catch (RuntimeException unknown) {
            LOG.warn("Expected news of wallets, but could not read them; their sender may be of a newer version",
                    unknown);
            return;
        }
        told.news().forEach(news -> {
            Watched wallet = watched.get(news.walletId());
            if (wallet != null && news.version() > wallet.version) {
                wallet.version = news.version();
                listener.heard(news);
            }
        });
    }

    private void look() {
        long now = System.nanoTime();
        watched.values().forEach(wallet -> {
            askIfDue(wallet, now);
            if (now - wallet.vouchedAt > BELIEVED_NANOS) {
                wallet.vouchedAt = now;
                listener.lost(wallet.walletId);
            }
        });
    }

    private void askIfDue(Watched wallet, long now) {
        String address = switch (territory.homeOf(wallet.walletId)) {
            case Home.Here here -> Addresses.of(nodeId, here.lane());
            case Home.There there -> there.address();
            case Home.Nowhere() -> null;
            case Home.OutOfSight() -> null;
        };
        boolean isDue = !Objects.equals(address, wallet.address) || now - wallet.vouchedAt > KEPT_NANOS;
        if (address != null && isDue && !address.equals(wallet.asked)) {
            wallet.asked = address;
            Desk desk = desks.computeIfAbsent(address, Desk::new);
            desk.waiting.add(wallet);
            ask(desk);
        }
    }

    private void ask(Desk desk) {
        List<Watched> some = new ArrayList<>();
        while (!desk.busy && some.size() < WALLETS_AT_ONCE && !desk.waiting.isEmpty()) {
            Watched next = desk.waiting.remove();
            if (isAsked(next, desk)) {
                some.add(next);
            }
        }
        if (!some.isEmpty()) {
            desk.busy = true;
            long askedAt = System.nanoTime();
            Watch watch = new Watch(nodeId,
                    some.stream().map(each -> new Watcher.Known(each.walletId, each.version)).toList());
            vertx.eventBus().<Watch.Answer>request(desk.address, watch, options)
                    .onComplete(answer -> answered(desk, some, askedAt, answer));
        }
    }

    /** Whether it is still looked at, and still that lane is to be asked. */
    private boolean isAsked(Watched wallet, Desk desk) {
        return watched.get(wallet.walletId) == wallet && desk.address.equals(wallet.asked);
    }

    /** What was not vouched for is asked for again, wherever it lives by then. */
    private void answered(Desk desk, List<Watched> some, long askedAt, AsyncResult<Message<Watch.Answer>> answer) {
        desk.busy = false;
        Set<String> elsewhere = answer.succeeded() ? new HashSet<>(answer.result().body().elsewhere()) : Set.of();
        if (answer.failed() || !elsewhere.isEmpty()) {
            territory.doubt();
        }
        for (Watched wallet : some) {
            if (desk.address.equals(wallet.asked)) {
                wallet.asked = null;
            }
            if (answer.succeeded() && !elsewhere.contains(wallet.walletId)) {
                wallet.address = desk.address;
                wallet.vouchedAt = askedAt;
            }
        }
        if (desk.waiting.isEmpty()) {
            desks.remove(desk.address);
        } else {
            ask(desk);
        }
    }
}
