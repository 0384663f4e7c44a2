package dev.purser.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when a batch has ended: what is durable is installed, remembered and may be answered; what is not is to be
 * decided again, on memory that is read anew wherever it may be out of date.
 */
final class Aftermath {

    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);

    private final Actors actors;
    private final RecentKeys recentKeys;
    private final LaneMeter meter;
    private final Consumer<Envelope> fail;
    private final List<Envelope> again = new ArrayList<>();
    private final List<Turn> answerable = new ArrayList<>();
    private boolean failing;

    /** @param fail answers an operation that can never be stored */
    Aftermath(Actors actors, RecentKeys recentKeys, LaneMeter meter, Consumer<Envelope> fail) {
        this.actors = actors;
        this.recentKeys = recentKeys;
        this.meter = meter;
        this.fail = fail;
    }

    void of(Fate fate) {
        switch (fate) {
            case Fate.Durable(var turn) -> {
                install(turn);
                remember(turn);
                answerable.add(turn);
            }
            case Fate.Missed(var turn) -> {
                meter.fenceHit();
                actors.drop(turn.walletId());
                again.addAll(turn.envelopes());
            }
            case Fate.KeysTaken(var turn, var taken) -> {
                if (actors.isSure(turn.actor())) {
                    taken.forEach(used -> recentKeys.remember(used.walletId(), used.key(), used.reply()));
                } else {
                    // Perhaps by another owner, who has not heard of it yet: nobody may hear of it earlier from here.
                    actors.drop(turn.walletId());
                }
                again.addAll(turn.envelopes());
            }
            case Fate.Rejected(var turn, var cause) -> rejected(turn, cause);
            case Fate.NotApplied(var turn, var cause) -> {
                if (!failing) {
                    LOG.warn("A commit was not applied, trying again: {}", cause.toString());
                }
                failing = true;
                again.addAll(turn.envelopes());
            }
            case Fate.FoundOut(var turn, var written) -> {
                actors.drop(turn.walletId());
                if (written) {
                    remember(turn);
                    answerable.add(turn);
                } else {
                    again.addAll(turn.envelopes());
                }
            }
        }
    }

    /** If the wallet was lost and read anew meanwhile, what was read is older than what has just been written. */
    private void install(Turn turn) {
        turn.actor().committed(turn.after());
        if (turn.actor().isGone()) {
            actors.drop(turn.walletId());
        }
    }

    /** Not what has come by post: it seldom comes twice, and a creator's tips would leave no room for clients' keys. */
    private void remember(Turn turn) {
        for (Batch.Posting posting : turn.postings()) {
            OpKey key = posting.key();
            if (key != null && !key.isTransfer()) {
                recentKeys.remember(turn.walletId(), key.text(), new StoredReply(key.fingerprint(), posting.receipt()));
            }
        }
    }

    /** The database will not store a wallet's part: each operation gets a try of its own, so that only the poisoned one fails. */
    private void rejected(Turn turn, Throwable cause) {
        actors.drop(turn.walletId());
        if (turn.operations() > 1) {
            turn.envelopes().forEach(Envelope::setAlone);
            again.addAll(turn.envelopes());
        } else {
            LOG.error("The database rejected an operation on wallet {}", turn.walletId(), cause);
            turn.envelopes().forEach(fail);
        }
    }

    /** What is durable, and whose answers may leave. */
    List<Turn> answerable() {
        return answerable;
    }

    /** What is to be decided again, in its old order. */
    List<Envelope> again() {
        return again;
    }

    /** Whether the database did not take the batch, so that the next one had better wait a little. */
    boolean isFailing() {
        return failing;
    }
}
