package dev.purser.bench;

import java.io.IOException;
import java.time.Duration;

import dev.purser.bench.load.Heard;
import dev.purser.bench.load.LoadProcess;
import dev.purser.bench.load.Work;

/** A server under a load over HTTP. */
record Driven(Contestant contestant, Work work, LoadProcess load, Postgres postgres) implements Entrant {

    private static final Duration WARMING = Duration.ofSeconds(4);
    private static final int MOST_WARMINGS = 20;
    /** Of a processor, for compilers. */
    private static final double QUIET = 0.05;

    @Override
    public String name() {
        return contestant.name();
    }

    /**
     * Until its JVM has translated what it does under this load: on a slow machine that takes half a processor for a minute. One
     * that has just started may refuse some, and after a checkpoint PostgreSQL logs all of each page that it touches
     * for the first time.
     */
    @Override
    public void warmUp() throws IOException {
        double share = 1;
        for (int i = 0; i < MOST_WARMINGS && share > QUIET; i++) {
            double before = Gauges.ofCompilers(contestant.pid());
            Heard _ = heard(WARMING, i);
            share = (Gauges.ofCompilers(contestant.pid()) - before) / WARMING.toSeconds();
            System.out.printf("  warming %s: its compilers take %.0f %% of a processor%n", this, 100 * share);
        }
    }

    @Override
    public Sample work(Duration lasting, long seed) throws IOException {
        Gauges before = Gauges.read(contestant, postgres);
        Heard heard = heard(lasting, seed);
        Gauges used = Gauges.read(contestant, postgres).minus(before);
        if (heard.failed() > 0) {
            throw new IOException("Expected only good answers of %s, but %d failed, such as: %s"
                    .formatted(contestant.name(), heard.failed(), heard.example()));
        }
        return new Sample(heard, used);
    }

    /** The same, whatever the answers are. */
    Heard heard(Duration lasting, long seed) throws IOException {
        return load.carryOut(work.at(contestant.port(), lasting, seed));
    }

    @Override
    public String toString() {
        return "%s with %d connections".formatted(contestant.name(), contestant.connections());
    }
}
