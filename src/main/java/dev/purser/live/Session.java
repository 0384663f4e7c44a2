package dev.purser.live;

import java.time.Instant;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Ids;
import dev.purser.lane.News;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import io.vertx.core.Context;

/**
 * A client from the moment it comes until it is gone: it says who it is, looks at its wallet as any caller does, and is
 * shown what becomes of it until its token expires. All methods but those of {@link Client} are called on its own thread.
 */
final class Session implements Client {

    private final Surroundings around;
    private final Context context;
    private final Line line;
    private final Feed feed;
    private final long openedAt = System.nanoTime();
    private final Consumer<Session> gone;
    private volatile @Nullable String walletId;
    private @Nullable Instant expiresAt;
    private long heardAt = openedAt;
    private long pingedAt = openedAt;
    private boolean isSigningIn;
    private boolean owesPong;
    private boolean joined;
    private boolean ended;

    /** @param gone is told when it has ended, whoever ended it */
    Session(Surroundings around, Context context, Line line, Consumer<Session> gone) {
        this.around = around;
        this.context = context;
        this.line = line;
        this.feed = new Feed(line);
        this.gone = gone;
    }

    @Override
    public String walletId() {
        String id = walletId;
        if (id == null) {
            throw new IllegalStateException("Expected a client that has said who it is");
        }
        return id;
    }

    @Override
    public void show(Shown shown) {
        context.runOnContext(_ -> feed.offer(shown));
    }

    @Override
    public void end(Farewell why) {
        context.runOnContext(_ -> endNow(why));
    }

    /** The client says who it is; once more, when it has a token that lasts longer. */
    void signIn(String token) {
        isSigningIn = true;
        around.gate().admit(token).onSuccess(pass -> {
            isSigningIn = false;
            switch (pass) {
                case Gate.Pass.Granted(var caller, var until) -> admitted(caller, until);
                case Gate.Pass.Denied _ -> endNow(Farewell.EXPIRED);
                case Gate.Pass.Unknown() -> endNow(Farewell.LATER);
            }
        });
    }

    /** It is known who the client is, until its token expires. */
    void admitted(Authority.Caller caller, Instant until) {
        String before = walletId;
        if (ended) {
            return;
        }
        if (before != null && !before.equals(caller.subject())) {
            endNow(Farewell.NOT_UNDERSTOOD);
            return;
        }
        expiresAt = until;
        if (before == null) {
            walletId = caller.subject();
            Operation look = new Operation(Ids.next(), caller.subject(), null, caller, new Command.Look());
            around.wallets().send(look).onSuccess(outcome -> {
                if (outcome instanceof Outcome.Seen(var wallet, _)) {
                    join(News.of(wallet));
                } else {
                    endNow(Farewell.LATER);
                }
            });
        }
    }

    private void join(News seen) {
        if (ended) {
            return;
        }
        Shown latest = around.hub().join(this, seen);
        if (latest == null) {
            endNow(Farewell.TOO_MANY);
            return;
        }
        joined = true;
        if (latest.version() > feed.seen()) {
            feed.offer(latest);
        } else {
            line.writeCurrent(feed.seen());
            feed.warn(latest.warning());
        }
    }

    /** The client knows its wallet up to this version, from an earlier connection. */
    void resume(long version) {
        boolean isBehind = version < feed.seen();
        feed.resume(version);
        if (joined && !isBehind && !line.isFull()) {
            line.writeCurrent(version);
        }
    }

    /** It has said something. */
    void heard() {
        heardAt = System.nanoTime();
        owesPong = false;
    }

    /** It can take more. */
    void drained() {
        feed.flush();
    }

    /** Looks after the client; to be called about once a second. */
    void tick(Instant now) {
        long nanos = System.nanoTime();
        long ping = around.settings().ping().toNanos();
        Instant until = expiresAt;
        if (until == null ? hasNotSaidWhoItIs(nanos) : !now.isBefore(until)) {
            endNow(Farewell.EXPIRED);
        } else if (owesPong && nanos - pingedAt > ping) {
            endNow(Farewell.SILENT);
        } else if (!owesPong && nanos - Math.max(heardAt, pingedAt) > ping) {
            pingedAt = nanos;
            owesPong = line.ping();
        }
    }

    /** Its token may still be looked at: that takes as long as it takes. */
    private boolean hasNotSaidWhoItIs(long nanos) {
        return !isSigningIn && nanos - openedAt > LiveSettings.SIGN_IN.toNanos();
    }

    /** Whether it is here, and has not said yet who it is. */
    boolean isStranger() {
        return !ended && walletId == null && !isSigningIn;
    }

    void endNow(Farewell why) {
        if (!ended) {
            line.close(why);
            gone(why.label());
        }
    }

    /** The connection is gone. */
    void left() {
        if (!ended) {
            gone("left");
        }
    }

    private void gone(String why) {
        ended = true;
        if (joined) {
            around.hub().part(this);
        }
        around.hub().leave();
        around.meter().ended(why);
        gone.accept(this);
    }
}
