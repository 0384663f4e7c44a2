package dev.purser.bench;

import java.time.Duration;
import java.util.Set;

/** What to measure, and how long. */
record Plan(Set<String> sections, int rounds, Duration lasting, Duration trying, long seed) {

    static final String THROUGHPUT = "throughput";
    static final String LONELY = "lonely";
    static final String RATES = "rates";
    static final String KEYED = "keyed";
    static final String LEDGER = "ledger";
    static final String TIPS = "tips";
    static final String IDLE = "idle";
    static final String LIVE = "live";
    static final String OVERLOAD = "overload";
    /** Only when they are asked for, since they take another build. */
    static final String BUILDS = "builds";
    static final String STATEMENTS = "statements";
    static final String MICRO = "micro";

    private static final String ALL = String.join(",", THROUGHPUT, LONELY, RATES, KEYED, TIPS, LEDGER, IDLE, LIVE,
            MICRO,
            OVERLOAD);
    private static final Duration TRYING = Duration.ofSeconds(2);

    /** From system properties, as the README tells. */
    static Plan read() {
        return new Plan(Set.of(System.getProperty("bench.sections", ALL).split(",", -1)),
                Integer.getInteger("bench.rounds", 3), Duration.ofMillis(Integer.getInteger("bench.millis", 4_000)),
                TRYING, Long.getLong("bench.seed", System.nanoTime() >>> 20));
    }

    boolean has(String section) {
        return sections.contains(section);
    }

    /** Whether a shape of load is asked for: all of them, unless {@code bench.shape} names some by a part of their name. */
    static boolean wants(String shape) {
        return shape.replace(' ', '-').contains(System.getProperty("bench.shape", ""));
    }
}
