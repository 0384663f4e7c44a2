package dev.purser.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

import dev.purser.wallet.Wallet;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A journal in memory that answers when the test lets it, for what is about the lane and not about the database. */
final class MemoryJournal implements Journal {

    private final Map<String, Stored> wallets = new HashMap<>();
    private final Map<KeyName, StoredReply> keys = new HashMap<>();
    private final Queue<Runnable> held = new ArrayDeque<>();
    private final List<Batch> batches = new ArrayList<>();
    private boolean holding;
    private int loads;

    @Override
    public Future<List<Stored>> load(List<String> walletIds) {
        loads++;
        return Future.succeededFuture(walletIds.stream()
                .map(id -> wallets.getOrDefault(id, new Stored(Wallet.empty(id), 0))).toList());
    }

    @Override
    public Future<Written> commit(Batch batch) {
        Promise<Written> written = Promise.promise();
        Runnable commit = () -> written.complete(write(batch));
        if (holding) {
            held.add(commit);
        } else {
            commit.run();
        }
        return written.future();
    }

    private Written write(Batch batch) {
        batches.add(batch);
        Set<String> missed = new HashSet<>();
        List<Taken> taken = new ArrayList<>();
        for (Batch.Write write : batch.writes()) {
            Stored stored = wallets.getOrDefault(write.walletId(), new Stored(Wallet.empty(write.walletId()), 0));
            List<Taken> used = used(write);
            if (!used.isEmpty()) {
                taken.addAll(used);
            } else if (stored.epoch() != write.epoch() || stored.wallet().version() != write.version()) {
                missed.add(write.walletId());
            } else {
                wallets.put(write.walletId(), new Stored(write.after(), Math.max(1, write.epoch())));
                write.postings().forEach(posting -> remember(write.walletId(), posting));
            }
        }
        return new Written.Committed(missed, taken);
    }

    private List<Taken> used(Batch.Write write) {
        List<Taken> used = new ArrayList<>();
        for (Batch.Posting posting : write.postings()) {
            OpKey key = posting.key();
            StoredReply reply = key == null ? null : keys.get(new KeyName(write.walletId(), key.text()));
            if (key != null && reply != null) {
                used.add(new Taken(write.walletId(), key.text(), reply));
            }
        }
        return used;
    }

    private void remember(String walletId, Batch.Posting posting) {
        OpKey key = posting.key();
        if (key != null) {
            keys.put(new KeyName(walletId, key.text()), new StoredReply(key.fingerprint(), posting.receipt()));
        }
    }

    @Override
    public Future<Set<String>> settle(Batch batch) {
        throw new UnsupportedOperationException("This journal always answers");
    }

    @Override
    public Future<List<Taken>> findKeys(List<KeyName> names) {
        List<Taken> found = new ArrayList<>();
        for (KeyName name : names) {
            StoredReply reply = keys.get(name);
            if (reply != null) {
                found.add(new Taken(name.walletId(), name.key(), reply));
            }
        }
        return Future.succeededFuture(found);
    }

    /** Keeps back the answers of commits from now on. */
    void hold() {
        holding = true;
    }

    /** Carries out and answers what was kept back. */
    void release() {
        holding = false;
        for (Runnable commit = held.poll(); commit != null; commit = held.poll()) {
            commit.run();
        }
    }

    /** How many operations each commit so far has written. */
    List<Integer> batchSizes() {
        return batches.stream().map(batch -> batch.writes().stream().mapToInt(write -> write.postings().size()).sum())
                .toList();
    }

    int loads() {
        return loads;
    }
}
