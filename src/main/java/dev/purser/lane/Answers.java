package dev.purser.lane;

import java.util.function.BiConsumer;
import java.util.function.Predicate;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Gives those who wait their outcomes, each once, and tells when nobody waits any longer. */
final class Answers {

    private static final int RETRY_AFTER_SECONDS = 1;

    private final Mailbox mailbox;
    private final LaneMeter meter;
    private final KeyChecks keyChecks;
    private final Promise<Void> drained = Promise.promise();
    private boolean draining;

    Answers(Mailbox mailbox, LaneMeter meter, Journal journal, RecentKeys recentKeys, Predicate<String> isSure,
            BiConsumer<String, Long> news) {
        this.mailbox = mailbox;
        this.meter = meter;
        this.keyChecks = new KeyChecks(journal, recentKeys, isSure, news, this::give);
    }

    /** Before a refusal under a key leaves, the journal is asked whether the key was used: memory may have forgotten it. */
    void give(Turn turn) {
        boolean mayHaveUsedKeys = turn.actor().epoch() > 0;
        for (Turn.Answer answer : turn.answers()) {
            if (mayHaveUsedKeys && answer.isDoubtful()) {
                keyChecks.add(answer);
            } else {
                give(answer.envelope(), answer.outcome());
            }
        }
    }

    void give(Envelope envelope, Outcome outcome) {
        if (envelope.future().isComplete()) {
            return;
        }
        mailbox.release(envelope);
        if (outcome instanceof Outcome.Done(_, var replayed, _) && replayed) {
            meter.keyReplayed();
        }
        envelope.answer(outcome);
        completeDrain();
    }

    /** What is answered to whoever shall come again in a moment; counted. */
    Outcome unavailable(Outcome.Reason reason) {
        meter.rejected(reason);
        return new Outcome.Unavailable(reason, RETRY_AFTER_SECONDS);
    }

    /** The future completes when nobody waits any longer. */
    Future<Void> drain() {
        draining = true;
        completeDrain();
        return drained.future();
    }

    boolean isDraining() {
        return draining;
    }

    boolean isDrained() {
        return drained.future().isComplete();
    }

    private void completeDrain() {
        if (draining && mailbox.operations() == 0) {
            drained.tryComplete();
        }
    }
}
