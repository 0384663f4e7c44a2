package dev.purser.sandbox;

import java.time.Duration;
import java.util.Random;

/** Decides by chance what goes wrong. Events and calls have dice of their own, so that the ones do not change the others. */
final class StandInDice {

    private final StripeFaults faults;
    private final Random events;
    private final Random calls;

    StandInDice(StripeFaults faults) {
        this.faults = faults;
        this.events = new Random(faults.seed());
        this.calls = new Random(~faults.seed());
    }

    StripeFaults faults() {
        return faults;
    }

    boolean loses() {
        return happens(events, faults.lost());
    }

    boolean duplicates() {
        return happens(events, faults.duplicated());
    }

    boolean twins() {
        return happens(events, faults.twinned());
    }

    boolean reorders() {
        return happens(events, faults.reordered());
    }

    long delayMillis() {
        return millis(events, faults.delay());
    }

    long slownessMillis() {
        return millis(calls, faults.slowness());
    }

    Fate fate() {
        if (happens(calls, faults.failing())) {
            return calls.nextBoolean() ? Fate.FAILS_BEFORE : Fate.FAILS_AFTER;
        }
        return happens(calls, faults.silent()) ? Fate.SILENT : Fate.FINE;
    }

    /** How a call ends. */
    enum Fate {
        FINE,
        /** 500, and nothing was done. */
        FAILS_BEFORE,
        /** 500, but it was done. */
        FAILS_AFTER,
        /** It was done, and nobody is told. */
        SILENT
    }

    private static boolean happens(Random dice, int percent) {
        return percent > 0 && dice.nextInt(100) < percent;
    }

    private static long millis(Random dice, Duration atMost) {
        return atMost.isZero() ? 0 : dice.nextLong(atMost.toMillis() + 1);
    }
}
