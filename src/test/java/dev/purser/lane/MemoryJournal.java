package dev.purser.lane;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;

import dev.purser.support.MemoryTables;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A journal in memory that answers when the test lets it, for what is about the lane and not about the database. */
final class MemoryJournal implements Journal {

    private final MemoryTables tables = new MemoryTables(write -> {
    });
    private final Queue<Runnable> held = new ArrayDeque<>();
    private final List<Batch> batches = new ArrayList<>();
    private final List<Runnable> heldLoads = new ArrayList<>();
    private final List<Runnable> heldKeys = new ArrayList<>();
    private boolean holding;
    private boolean holdingAnswers;
    private boolean holdingKeys;
    private boolean holdingLoads;
    private boolean failingLoads;
    private int loads;

    @Override
    public Future<List<Stored>> load(List<String> walletIds) {
        loads++;
        if (failingLoads) {
            return Future.failedFuture("no reads now");
        }
        List<Stored> stored = tables.load(walletIds);
        if (!holdingLoads) {
            return Future.succeededFuture(stored);
        }
        Promise<List<Stored>> answer = Promise.promise();
        heldLoads.add(() -> answer.complete(stored));
        return answer.future();
    }

    @Override
    public Future<List<Stored>> claim(List<String> walletIds) {
        tables.fence(walletIds);
        return load(walletIds);
    }

    @Override
    public Future<Written> commit(Batch batch) {
        Promise<Written> written = Promise.promise();
        if (holding) {
            held.add(() -> written.complete(write(batch)));
        } else if (holdingAnswers) {
            Written done = write(batch);
            held.add(() -> written.complete(done));
        } else {
            written.complete(write(batch));
        }
        return written.future();
    }

    private Written write(Batch batch) {
        batches.add(batch);
        return tables.commit(batch, Instant.EPOCH);
    }

    @Override
    public Future<Set<String>> settle(Batch batch) {
        throw new UnsupportedOperationException("This journal always answers");
    }

    @Override
    public Future<List<Taken>> findKeys(List<KeyName> names) {
        if (!holdingKeys) {
            return Future.succeededFuture(tables.find(names));
        }
        Promise<List<Taken>> answer = Promise.promise();
        heldKeys.add(() -> answer.complete(tables.find(names)));
        return answer.future();
    }

    /** Keeps back commits from now on. */
    void hold() {
        holding = true;
    }

    /** Carries out and answers what was kept back. */
    void release() {
        holding = false;
        holdingAnswers = false;
        for (Runnable commit = held.poll(); commit != null; commit = held.poll()) {
            commit.run();
        }
    }

    /** From now on commits are carried out, but their answers kept back. */
    void holdAnswers() {
        holdingAnswers = true;
    }

    /** Keeps back questions for keys from now on. */
    void holdKeys() {
        holdingKeys = true;
    }

    /** Answers the questions for keys that were kept back, with what is there now. */
    void answerKeys() {
        heldKeys.forEach(Runnable::run);
        heldKeys.clear();
    }

    /** Keeps back the answers of reads from now on; what they read is what was there when they were asked. */
    void holdLoads() {
        holdingLoads = true;
    }

    /** Answers one of the reads that were kept back, counted from 0. */
    void answerLoad(int number) {
        heldLoads.get(number).run();
    }

    void failLoads(boolean fail) {
        failingLoads = fail;
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
