package dev.purser.lane;

import java.time.Instant;

import dev.purser.wallet.Wallet;

/** A wallet in memory: its committed state and nothing else. There may be a million, so its fields are few and small. */
final class Actor {

    private Wallet wallet;
    private final int term;
    private long epoch;
    private long lastUsedMillis;
    private long readAllowance;
    private long writeAllowance;
    private boolean gone;

    /** @param term the term of ownership in which it was read */
    Actor(Wallet wallet, long epoch, int term, Instant now) {
        this.wallet = wallet;
        this.term = term;
        this.epoch = epoch;
        this.lastUsedMillis = now.toEpochMilli();
    }

    Wallet wallet() {
        return wallet;
    }

    int term() {
        return term;
    }

    long epoch() {
        return epoch;
    }

    /** It has been written, and if it had no row before, its first one has epoch 1. */
    void committed(Wallet after) {
        wallet = after;
        epoch = Math.max(epoch, 1);
    }

    /** It is not in memory any more, or another one is in its place. */
    void leave() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }

    /** Only now and then, see {@link Actors}. */
    void touch(Instant now) {
        lastUsedMillis = now.toEpochMilli();
    }

    boolean isUnusedSince(Instant time) {
        return lastUsedMillis < time.toEpochMilli();
    }

    /** Takes one from its allowance of writes or reads, if there is one left. */
    Throttle.Verdict take(RateLimits.Limit limit, boolean write, Instant now) {
        Throttle.Verdict verdict = write
                ? Throttle.take(limit, writeAllowance, now, "writes")
                : Throttle.take(limit, readAllowance, now, "reads");
        if (write) {
            writeAllowance = verdict.state();
        } else {
            readAllowance = verdict.state();
        }
        return verdict;
    }
}
