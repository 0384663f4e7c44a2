package dev.purser.lane;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Batch.Posting;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Decision;
import dev.purser.wallet.Entry;
import dev.purser.wallet.Rules;
import dev.purser.wallet.Terms;
import dev.purser.wallet.Wallet;

/**
 * A wallet's part in a batch that is being formed: each operation is decided on what the batch has decided before it. No
 * answer leaves before the batch is durable, not even a refusal, for it may rest on what is not.
 */
final class Turn {

    private final Actor actor;
    private final Terms terms;
    private Wallet wallet;
    private final List<Posting> postings = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private @Nullable Map<String, StoredReply> keys;
    private boolean closed;

    Turn(Actor actor, Terms terms) {
        this.actor = actor;
        this.terms = terms;
        this.wallet = actor.wallet();
    }

    /**
     * Decides an operation, after what the passing of time has brought about, which is an operation of its own.
     *
     * @param command what the operation asks for, with all that this batch adds to it
     */
    void decide(Envelope envelope, Command command, Instant now, Supplier<String> ids) {
        if (wallet.isDue(now) && Rules.decide(wallet, new Command.ExpireDue(), new Authority.House(),
                now, terms) instanceof Decision.Accepted expired) {
            post(ids.get(), null, expired);
        }
        Operation operation = envelope.operation();
        Quota quota = envelope.quota();
        answers.add(
                new Answer(envelope, switch (Rules.decide(wallet, command, operation.by(), now, terms)) {
                    case Decision.Accepted accepted -> {
                        post(operation.id(), operation.key(), accepted);
                        yield new Outcome.Done(accepted.receipt(), false, quota);
                    }
                    case Decision.Unchanged _ -> new Outcome.Seen(wallet, quota);
                    case Decision.Refused(var refusal) -> new Outcome.Refused(refusal, quota);
                }));
        closed |= envelope.isAlone();
    }

    /** Answers an operation whose key this batch has used already. */
    void repeat(Envelope envelope, Outcome outcome) {
        answers.add(new Answer(envelope, outcome));
    }

    private void post(String operationId, @Nullable OpKey key, Decision.Accepted accepted) {
        wallet = accepted.after();
        postings.add(new Posting(operationId, key, accepted.receipt(), accepted.facts()));
        if (key != null) {
            if (keys == null) {
                keys = new HashMap<>();
            }
            keys.put(key.text(), new StoredReply(key.fingerprint(), accepted.receipt()));
        }
    }

    /** What this batch answers under a key, if it has used it. */
    @Nullable
    StoredReply replyOf(String key) {
        return keys == null ? null : keys.get(key);
    }

    List<Posting> postings() {
        return postings;
    }

    /** Whether another operation may join: not when one of the two has to be alone. */
    boolean admits(Envelope envelope) {
        return !closed && !(envelope.isAlone() && !postings.isEmpty());
    }

    boolean writes() {
        return !postings.isEmpty();
    }

    Batch.Write write() {
        return new Batch.Write(actor.wallet().version(), actor.epoch(), wallet, postings);
    }

    Actor actor() {
        return actor;
    }

    String walletId() {
        return wallet.id();
    }

    Wallet after() {
        return wallet;
    }

    /** What its watchers are told once it is durable. */
    News news() {
        List<Entry> last = postings.getLast().receipt().entries();
        return News.of(wallet, last.isEmpty() ? null : last.getLast());
    }

    List<Answer> answers() {
        return answers;
    }

    List<Envelope> envelopes() {
        return answers.stream().map(Answer::envelope).toList();
    }

    int operations() {
        return answers.size();
    }

    /** What an operation is answered once the batch is durable. */
    record Answer(Envelope envelope, Outcome outcome) {

        /** Whether it is refused under a key that may have been used before: see {@link KeyChecks}. */
        boolean isDoubtful() {
            return outcome instanceof Outcome.Refused && envelope.operation().key() != null;
        }
    }
}
