package dev.purser.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A node's two clocks. The one that counts goes on by itself, a little faster or slower than others; the one on the wall
 * can be set, and shows whatever it was set to.
 */
final class SimClock {

    static final Instant EPOCH = Instant.parse("2026-11-20T12:00:00Z");
    /** In millionths; real ones differ by a hundredth of that. */
    private static final int DRIFT = 30_000;

    private final World world;
    private final long begun;
    private final long offset;
    private final long drift;
    private Duration wrongBy = Duration.ZERO;

    SimClock(World world) {
        this.world = world;
        this.begun = world.now();
        this.offset = (long) world.below(1_000_000) * World.SECOND;
        this.drift = world.below(2 * DRIFT) - (long) DRIFT;
    }

    /** What {@link System#nanoTime} would answer. */
    long nanos() {
        long passed = world.now() - begun;
        return offset + passed + passed / 1_000_000 * drift;
    }

    /** How long it really takes until this clock has counted so much. */
    long really(Duration counted) {
        return counted.toNanos() - counted.toNanos() / 1_000_000 * drift;
    }

    Instant onTheWall() {
        return EPOCH.plusNanos(world.now()).plus(wrongBy).truncatedTo(ChronoUnit.MICROS);
    }

    void set(Duration wrong) {
        wrongBy = wrong;
    }
}
