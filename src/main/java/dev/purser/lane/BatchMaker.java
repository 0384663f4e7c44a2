package dev.purser.lane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.wallet.Command;

/**
 * Forms one batch: takes what waits, within the bounds, and decides it in order. Wallets come out sorted, so that two
 * owners who believe in the same wallets take their rows in the same order and cannot block each other in a circle.
 */
final class BatchMaker {

    private static final Logger LOG = LoggerFactory.getLogger(BatchMaker.class);

    private final LaneSettings settings;
    private final RecentKeys recentKeys;
    private final Supplier<String> ids;
    private final Instant now;
    private final BiConsumer<Envelope, Outcome> answers;
    private final Parcels parcels;
    private final Map<String, Turn> turns = new HashMap<>();
    private int operations;
    private long bytes;

    /** @param answers takes what is answered at once, since it does not depend on the batch */
    BatchMaker(LaneSettings settings, RecentKeys recentKeys, Supplier<String> ids, Instant now,
            BiConsumer<Envelope, Outcome> answers) {
        this.settings = settings;
        this.recentKeys = recentKeys;
        this.ids = ids;
        this.now = now;
        this.answers = answers;
        this.parcels = new Parcels(ids);
    }

    /** Whether an operation still fits into this batch. */
    boolean admits(Envelope envelope) {
        if (operations == 0) {
            return true;
        }
        Turn turn = turns.get(envelope.walletId());
        boolean fits = operations < settings.batchOperations() && bytes + envelope.weight() <= settings.batchBytes();
        return fits && (turn == null || turn.admits(envelope));
    }

    void take(Envelope envelope, Actor actor) {
        operations++;
        bytes += envelope.weight();
        Operation operation = envelope.operation();
        Quota exhausted = charge(envelope, actor, settings.rateLimits(), now);
        OpKey key = operation.key();
        StoredReply known = key == null ? null : recentKeys.find(operation.walletId(), key.text());
        if (key != null && known != null) {
            // What was carried out is answered so, also to one who has used up the allowance.
            answers.accept(envelope, known.repeatedBy(key, envelope.quota()));
            return;
        }
        if (exhausted != null) {
            answers.accept(envelope, new Outcome.Limited(exhausted));
            return;
        }
        decide(envelope, turns.computeIfAbsent(operation.walletId(), id -> new Turn(actor, settings.terms())));
    }

    private void decide(Envelope envelope, Turn turn) {
        OpKey key = envelope.operation().key();
        StoredReply reply = key == null ? null : turn.replyOf(key.text());
        if (key != null && reply != null) {
            turn.repeat(envelope, reply.repeatedBy(key, envelope.quota()));
            return;
        }
        try {
            turn.decide(envelope, parcels.addressed(envelope.operation().command()), now, ids);
        } catch (RuntimeException bug) {
            LOG.error("Deciding {} on wallet {} failed", envelope.operation().command(), turn.walletId(), bug);
            answers.accept(envelope, new Outcome.Unavailable(Outcome.Reason.REJECTED, 1));
        }
    }

    /** What has been decided, in the order of the wallets. */
    List<Turn> turns() {
        List<Turn> sorted = new ArrayList<>(turns.values());
        sorted.sort(Comparator.comparing(Turn::walletId));
        return sorted;
    }

    /** Charges an operation to its wallet's rate limit; answers the quota when that is exhausted. */
    static @Nullable Quota charge(Envelope envelope, Actor actor, RateLimits limits, Instant now) {
        Operation operation = envelope.operation();
        boolean write = !(operation.command() instanceof Command.Look);
        RateLimits.Limit limit = write ? limits.writes() : limits.reads();
        if (limit == null || envelope.isCharged() || !operation.by().owns(operation.walletId())) {
            return null;
        }
        Throttle.Verdict verdict = actor.take(limit, write, now);
        envelope.charge(verdict.quota());
        return verdict.allowed() ? null : verdict.quota();
    }
}
