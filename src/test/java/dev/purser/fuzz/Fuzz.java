package dev.purser.fuzz;

import java.util.Locale;

import dev.purser.support.Seed;

/** Sends as many requests as one likes. */
public final class Fuzz {

    private Fuzz() {
    }

    /** Ends with 0 when each was answered as promised. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        try {
            new FuzzRun(Seed.take("fuzz"), Integer.getInteger("fuzz.requests", 100_000)).run();
            System.exit(0);
        } catch (Exception | AssertionError e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }
}
