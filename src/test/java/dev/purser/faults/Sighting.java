package dev.purser.faults;

import java.time.Duration;

/**
 * What was seen of a fault, once all laws were found to hold.
 *
 * @param served how long it took until the last wallet was served again
 * @param longestWait the longest that anybody waited for anything, all that was asked again counted
 * @param calls how often one and the same thing was asked for at most
 */
record Sighting(Fault fault, long seed, int acknowledged, Duration served, Duration longestWait, long calls) {

    private static final String COMMA = ",";

    /** Whether it took no longer, and no more calls, than is aimed at. */
    boolean isInTime() {
        Duration took = fault.boundsEveryWait() ? longestWait : served;
        return took.compareTo(fault.servedWithin()) <= 0 && calls <= fault.mostCalls();
    }

    /** As a line of a table. */
    String written() {
        return String.join(COMMA, fault.id(), String.valueOf(seed), String.valueOf(acknowledged),
                String.valueOf(served.toMillis()), String.valueOf(longestWait.toMillis()), String.valueOf(calls));
    }

    static Sighting read(String line) {
        String[] part = line.split(COMMA, -1);
        return new Sighting(Fault.of(part[0]), Long.parseLong(part[1]), Integer.parseInt(part[2]),
                Duration.ofMillis(Long.parseLong(part[3])), Duration.ofMillis(Long.parseLong(part[4])),
                Long.parseLong(part[5]));
    }

    @Override
    public String toString() {
        return "%s, seed %d: %,d acknowledged, none lost or doubled; every wallet served again after %.1f s, nobody "
                .formatted(fault.text(), seed, acknowledged, served.toMillis() / 1e3)
                + "waited longer than %.1f s, at most %d calls for one thing".formatted(longestWait.toMillis() / 1e3,
                        calls);
    }
}
