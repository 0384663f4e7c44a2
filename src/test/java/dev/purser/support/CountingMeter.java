package dev.purser.support;

import java.util.concurrent.atomic.AtomicInteger;

import dev.purser.lane.LaneMeter;
import dev.purser.lane.Outcome;

/** Counts what lanes tell, for tests that must know that a fault has really happened. */
public final class CountingMeter implements LaneMeter {

    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicInteger activations = new AtomicInteger();
    private final AtomicInteger replays = new AtomicInteger();
    private final AtomicInteger fenceHits = new AtomicInteger();
    private final AtomicInteger unknownOutcomes = new AtomicInteger();

    @Override
    public void batchCommitted(int operations, long nanos) {
        batches.incrementAndGet();
    }

    @Override
    public void activated(int wallets) {
        activations.addAndGet(wallets);
    }

    @Override
    public void keyReplayed() {
        replays.incrementAndGet();
    }

    @Override
    public void fenceHit() {
        fenceHits.incrementAndGet();
    }

    @Override
    public void unknownOutcome() {
        unknownOutcomes.incrementAndGet();
    }

    @Override
    public void rejected(Outcome.Reason reason) {
    }

    public int batches() {
        return batches.get();
    }

    public int activations() {
        return activations.get();
    }

    public int replays() {
        return replays.get();
    }

    public int fenceHits() {
        return fenceHits.get();
    }

    public int unknownOutcomes() {
        return unknownOutcomes.get();
    }
}
