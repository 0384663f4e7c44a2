package dev.purser.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Journal.KeyName;

/**
 * Refusals that may be no refusals. An operation under a key that memory does not know may be the repetition of one that
 * was carried out long ago, and then it is refused for the very reason that the first one succeeded (the tokens are
 * spent). So before it is answered, the journal is asked for the key. An accepted operation needs no such question: the
 * journal does not write a key twice.
 */
final class KeyChecks {

    private static final int KEYS_AT_ONCE = 500;
    private static final int READS_AT_ONCE = 2;

    private final Journal journal;
    private final RecentKeys recentKeys;
    private final Predicate<String> isSure;
    private final BiConsumer<String, Long> news;
    private final BiConsumer<Envelope, Outcome> answers;
    private final Queue<Turn.Answer> doubtful = new ArrayDeque<>();
    private int reads;

    /**
     * Takes what it needs of the lane.
     *
     * @param isSure whether nobody else can own a wallet: then what is told of a key comes from no commit of which its owner
     *            has not heard yet, and shows the wallet as it was before
     * @param news is told which version of a wallet somebody will have heard of
     */
    KeyChecks(Journal journal, RecentKeys recentKeys, Predicate<String> isSure, BiConsumer<String, Long> news,
            BiConsumer<Envelope, Outcome> answers) {
        this.journal = journal;
        this.recentKeys = recentKeys;
        this.isSure = isSure;
        this.news = news;
        this.answers = answers;
    }

    /** Answers a refusal once it is certain that it is one. */
    void add(Turn.Answer answer) {
        doubtful.add(answer);
        start();
    }

    private void start() {
        while (reads < READS_AT_ONCE && !doubtful.isEmpty()) {
            List<Turn.Answer> some = new ArrayList<>();
            while (some.size() < KEYS_AT_ONCE && !doubtful.isEmpty()) {
                some.add(doubtful.remove());
            }
            ask(some);
        }
    }

    private void ask(List<Turn.Answer> some) {
        reads++;
        journal.findKeys(some.stream().map(KeyChecks::name).toList()).onComplete(found -> {
            reads--;
            if (found.succeeded()) {
                Map<KeyName, StoredReply> replies = new HashMap<>();
                found.result().forEach(used -> {
                    replies.put(new KeyName(used.walletId(), used.key()), used.reply());
                    if (isSure.test(used.walletId())) {
                        recentKeys.remember(used.walletId(), used.key(), used.reply());
                    }
                    // The lane's own commit may be there before its answer is: what is told now must be seen from now on.
                    news.accept(used.walletId(), used.reply().receipt().version());
                });
                some.forEach(answer -> answers.accept(answer.envelope(), certain(answer, replies.get(name(answer)))));
            } else {
                some.forEach(answer -> answers.accept(answer.envelope(),
                        new Outcome.Unavailable(Outcome.Reason.DATABASE_UNAVAILABLE, 1)));
            }
            start();
        });
    }

    private Outcome certain(Turn.Answer answer, @Nullable StoredReply reply) {
        OpKey key = answer.envelope().operation().key();
        if (key == null || reply == null) {
            return answer.outcome();
        }
        return isSure.test(answer.envelope().walletId())
                ? reply.repeatedBy(key, answer.envelope().quota())
                : new Outcome.Moved();
    }

    private static KeyName name(Turn.Answer answer) {
        Operation operation = answer.envelope().operation();
        OpKey key = operation.key();
        return new KeyName(operation.walletId(), key == null ? "" : key.text());
    }
}
