package dev.purser.bench;

import java.io.IOException;
import java.time.Duration;

/** One who takes part in a contest. */
interface Entrant {

    String name();

    /** Works until it is as fast as it will be. */
    void warmUp() throws IOException;

    /** Works for so long, and tells what came of it. */
    Sample work(Duration lasting, long seed) throws IOException;
}
