package dev.purser.ops;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import dev.purser.journal.Sweeps;
import dev.purser.journal.Sweeps.Posted;
import dev.purser.lane.Post;
import io.vertx.core.Future;

/**
 * Delivers what was left in the post: whoever sent it brings it at once, so what is still there after a while was left by
 * one who was killed, or by a recipient who could not be reached. Each node delivers to the wallets that it owns.
 */
final class PostSweep {

    private final Sweeps sweeps;
    private final Post post;
    private final Predicate<String> owned;
    private final SweepSettings settings;
    private final BooleanSupplier stopping;

    PostSweep(Sweeps sweeps, Post post, Predicate<String> owned, SweepSettings settings,
            BooleanSupplier stopping) {
        this.sweeps = sweeps;
        this.post = post;
        this.owned = owned;
        this.settings = settings;
        this.stopping = stopping;
    }

    Future<?> round() {
        return page(Posted.Place.FIRST);
    }

    private Future<?> page(Posted.Place last) {
        return sweeps.post(settings.postAfter(), last, settings.postInFlight())
                .compose(posted -> deliver(posted)
                        .compose(_ -> posted.size() < settings.postInFlight() || stopping.getAsBoolean()
                                ? Future.succeededFuture()
                                : page(posted.getLast().place())));
    }

    /** What cannot be delivered now is there in the next round as well. */
    private Future<?> deliver(List<Posted> posted) {
        List<Future<Post.State>> delivered = posted.stream().filter(each -> owned.test(each.transfer().to()))
                .map(this::deliver).toList();
        return Future.join(delivered);
    }

    private Future<Post.State> deliver(Posted posted) {
        return post.deliver(posted.transfer()).compose(state -> state == Post.State.UNDELIVERABLE
                ? post.giveBack(posted.transfer(), posted.lots())
                : Future.succeededFuture(state));
    }
}
