package dev.purser.support;

/** Where a run takes its chances from: printed, so that {@code -Dpurser.seed} can take the same ones again. */
public final class Seed {

    private Seed() {
    }

    public static long take(String run) {
        long seed = Long.getLong("purser.seed", System.nanoTime());
        System.out.println(run + ": -Dpurser.seed=" + seed);
        return seed;
    }
}
