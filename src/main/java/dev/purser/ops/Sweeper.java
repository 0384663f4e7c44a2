package dev.purser.ops;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiFunction;
import java.util.function.Predicate;

import dev.purser.journal.Sweeps;
import dev.purser.lane.Ids;
import dev.purser.lane.Post;
import dev.purser.lane.Wallets;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * Does what time brings about: gives up what has run out in this node's wallets, delivers what was left in their post, and
 * forgets old keys of clients, and with them what was ordered under them, and which payments were declined.
 */
public final class Sweeper {

    private final Sweeps sweeps;
    private final SweepSettings settings;
    private final InstantSource clock;
    private final Rounds expiry;
    private final Rounds post;
    private final Rounds keys;
    private volatile boolean stopping;

    /** Sweeps the wallets that this node owns; others' are left to them. */
    public Sweeper(Vertx vertx, Sweeps sweeps, Wallets wallets, Predicate<String> owned, SweepSettings settings,
            InstantSource clock) {
        this.sweeps = sweeps;
        this.settings = settings;
        this.clock = clock;
        ExpirySweep sweep = new ExpirySweep(sweeps, wallets, owned, settings, clock, () -> stopping);
        this.expiry = new Rounds(vertx, "Looking for what has run out", settings.expiryEvery(), sweep::round);
        PostSweep postSweep = new PostSweep(sweeps, new Post(wallets, Ids::next), owned, settings,
                () -> stopping);
        this.post = new Rounds(vertx, "Delivering what was left in the post", settings.postEvery(), postSweep::round);
        this.keys = new Rounds(vertx, "Forgetting old keys", settings.keysEvery(), this::forgetKeys);
    }

    public void start() {
        expiry.start();
        post.start();
        keys.start();
    }

    /** Answers when no round is under way any more. */
    public Future<Void> stop() {
        stopping = true;
        return Future.join(expiry.stop(), post.stop(), keys.stop()).mapEmpty();
    }

    private Future<?> forgetKeys() {
        return forgetAll(sweeps::forgetClientKeys).compose(_ -> forgetAll(sweeps::forgetOrders))
                .compose(_ -> forgetAll(sweeps::forgetDeclines));
    }

    private Future<Void> forgetAll(BiFunction<Instant, Integer, Future<Integer>> forget) {
        return forget.apply(clock.instant().minus(settings.clientKeysKept()), settings.keysChunk())
                .compose(forgotten -> forgotten < settings.keysChunk() || stopping
                        ? Future.succeededFuture()
                        : forgetAll(forget));
    }
}
