package dev.purser.lane;

import java.util.List;
import java.util.Set;

import dev.purser.wallet.Transfer;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;

/** Where a lane's truth rests: one lane's own way to the database. All futures complete on the lane's thread. */
public interface Journal {

    /** The wallets as they are stored, in no order; one that is not stored yet comes as an empty one of epoch 0. One that cannot be read does not come. */
    Future<List<Stored>> load(List<String> walletIds);

    /**
     * Takes wallets over from an owner that may still have writes under way: raises their epoch first, so that those no
     * longer apply, and then loads them. A wallet that is not stored yet is stored, empty.
     */
    Future<List<Stored>> claim(List<String> walletIds);

    /** Writes a batch, all in one. Never fails: a failure is a result. */
    Future<Written> commit(Batch batch);

    /**
     * Finds out what became of a batch whose commit gave no answer, and makes sure that nothing more can become of it: on
     * a new connection the epoch of its wallets is raised first, so that bytes still under way no longer apply. Answers
     * the wallets for which the batch had been written. Fails while the database cannot be reached.
     */
    Future<Set<String>> settle(Batch batch);

    /** Which of these keys were used before, and what they were answered. */
    Future<List<Taken>> findKeys(List<KeyName> keys);

    /** A key of a wallet. */
    record KeyName(String walletId, String key) {
    }

    /**
     * A stored wallet.
     *
     * @param epoch 0 for one that has no row yet
     * @param post what was sent to it and not yet taken in, the oldest first; if it is very much, a part of it
     */
    record Stored(Wallet wallet, long epoch, List<Transfer> post) {
    }

    /** What a commit came to. */
    sealed interface Written {

        /**
         * Durable, but for the wallets in {@code missed} (another owner wrote them meanwhile) and those of which a key was
         * {@code taken}: for them nothing was written.
         */
        record Committed(Set<String> missed, List<Taken> taken) implements Written {
        }

        /** Nothing was written, and this batch never will be: the database does not accept its data. */
        record Rejected(Throwable cause) implements Written {
        }

        /** Nothing was written, for a reason that passes: the database cannot just now, or the batch came too late. */
        record NotApplied(Throwable cause) implements Written {
        }

        /** Nobody knows. */
        record Unknown(Throwable cause) implements Written {
        }
    }

    /** A key that was used before, and what it was answered. */
    record Taken(String walletId, String key, StoredReply reply) {
    }
}
