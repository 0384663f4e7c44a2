package dev.purser.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The wallets in memory. One that was read in an earlier term of ownership is not there any more: there may have been another
 * owner since.
 *
 * <p>The least recently used is first, give or take an eighth of the time after which one is idle. To keep their order at
 * each use would write to memory all over, and the collector would have to look through all of that.
 */
final class Actors {

    /** How many idle ones are put away at once, so that a lane never stops to clean up. */
    private static final int EVICTIONS_AT_ONCE = 10_000;

    private final LinkedHashMap<String, Actor> byId = new LinkedHashMap<>();
    private final Ownership ownership;
    private final int limit;
    private final Duration idle;
    private final Duration inexact;

    Actors(Ownership ownership, int limit, Duration idle) {
        this.ownership = ownership;
        this.limit = limit;
        this.idle = idle;
        this.inexact = idle.dividedBy(8);
    }

    @Nullable
    Actor find(String id) {
        Actor actor = byId.get(id);
        if (actor != null && !isOfThisTerm(actor, id)) {
            drop(id);
            return null;
        }
        return actor;
    }

    /** The same wallet as when it was looked for last, if that is still it: to look for it costs more than to decide on it. */
    @Nullable
    Actor find(Envelope envelope) {
        Actor known = envelope.actor();
        if (known != null && !known.isGone() && isOfThisTerm(known, envelope.walletId())) {
            return known;
        }
        Actor found = find(envelope.walletId());
        if (found != null) {
            envelope.setActor(found);
        }
        return found;
    }

    /** The id is the one that is at hand: the wallet's own may have to be fetched from far off in memory. */
    private boolean isOfThisTerm(Actor actor, String id) {
        return actor.term() == ownership.term(id);
    }

    /** Whether memory alone may be believed, without a commit that proves it. */
    boolean isSure(Actor actor) {
        return ownership.isSure(actor.wallet().id(), actor.term());
    }

    /** A wallet that is in memory is used. */
    void touch(Actor actor, Instant now) {
        if (actor.isUnusedSince(now.minus(inexact))) {
            actor.touch(now);
            byId.putLast(actor.wallet().id(), actor);
        }
    }

    void add(Actor actor) {
        leave(byId.put(actor.wallet().id(), actor));
    }

    void drop(String id) {
        leave(byId.remove(id));
    }

    /** Whoever still holds it shall see so: to look for it anew each time would cost more than deciding on it. */
    private static void leave(@Nullable Actor actor) {
        if (actor != null) {
            actor.leave();
        }
    }

    /** Forgets a wallet if it is known to have come further than memory shows. */
    void dropIfBefore(String id, long version) {
        Actor actor = byId.get(id);
        if (actor != null && actor.wallet().version() < version) {
            drop(id);
        }
    }

    void dropIf(Predicate<String> which) {
        byId.entrySet().removeIf(known -> {
            boolean drops = which.test(known.getKey());
            if (drops) {
                known.getValue().leave();
            }
            return drops;
        });
    }

    int size() {
        return byId.size();
    }

    /** Puts away what has not been used for long, or is too much, unless it is in {@code busy}. */
    void evict(Instant now, Set<String> busy) {
        Instant longAgo = now.minus(idle);
        Iterator<Actor> oldestFirst = byId.values().iterator();
        for (int seen = 0; seen < EVICTIONS_AT_ONCE && oldestFirst.hasNext(); seen++) {
            Actor actor = oldestFirst.next();
            if (byId.size() <= limit && !actor.isUnusedSince(longAgo)) {
                return;
            }
            if (!busy.contains(actor.wallet().id())) {
                oldestFirst.remove();
                actor.leave();
            }
        }
    }
}
