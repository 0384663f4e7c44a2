package dev.purser.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.purser.support.Seed;

/**
 * Clusters in trouble, one seed after the other: {@code -Dpurser.sim.seconds=600} goes on for longer, and
 * {@code -Dpurser.seed=...} begins with the seed that went wrong.
 */
class SimulationTest {

    private static final int CUTS = 20;
    private static final Duration LASTING = Duration.ofSeconds(Integer.getInteger("purser.sim.seconds", 60));

    @Test
    void shouldKeepEveryLawWhateverHappens() {
        long first = Seed.take("simulation");
        long begun = System.nanoTime();
        long steps = 0;
        long seed = first;
        long judged = 0;
        long reversed = 0;
        while (System.nanoTime() - begun < LASTING.toNanos()) {
            Simulation simulation = new Simulation(seed);
            steps += run(simulation, seed);
            judged += simulation.judged();
            reversed += simulation.reversed();
            seed++;
        }
        System.out.printf("%,d clusters in trouble, %,d answers judged, %,d reversals, %,d steps a second%n",
                seed - first,
                judged, reversed, steps * 1_000_000_000 / (System.nanoTime() - begun));
        assertThat(judged / (seed - first)).as("answers for each cluster, without which nothing is proved")
                .isGreaterThan(100);
        assertThat(reversed / (seed - first)).as("reversals in each cluster").isGreaterThan(10);
    }

    /** A node that sees less than half of those that are there takes nothing from them, or nobody would serve anything. */
    @Test
    void shouldServeEveryWalletWhileOneNodeIsCutOff() {
        long first = Seed.take("cut off");
        for (long seed = first; seed < first + CUTS; seed++) {
            assertThat(Simulation.inPeace(seed).servedWhileOneIsCutOff()).as("-Dpurser.seed=%d", seed)
                    .hasSize(SimClient.WALLETS);
        }
    }

    private static long run(Simulation simulation, long seed) {
        try {
            return simulation.run();
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError("-Dpurser.seed=" + seed + ": " + broken.getMessage(), broken);
        }
    }
}
