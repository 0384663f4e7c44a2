package dev.purser.bench;

import java.io.IOException;
import java.time.Duration;

import dev.purser.bench.load.Heard;
import dev.purser.bench.load.LoadProcess;
import dev.purser.bench.load.Work;

/** A server under a load over HTTP. */
record Driven(Contestant contestant, Work work, LoadProcess load, Postgres postgres) implements Entrant {

    @Override
    public String name() {
        return contestant.name();
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
