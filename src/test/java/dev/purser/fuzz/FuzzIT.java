package dev.purser.fuzz;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.support.Seed;

/** As many requests as fit into some seconds; {@code mvn -q -Pfuzz} sends 100,000. */
@Timeout(120)
class FuzzIT {

    private static final int REQUESTS = 10_000;

    @Test
    void shouldAnswerAnythingAsPromised() throws Exception {
        new FuzzRun(Seed.take("fuzz"), REQUESTS).run();
    }
}
