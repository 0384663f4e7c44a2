package dev.purser.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Runs the faults that are asked for, each with so many seeds, and adds what was seen to a table. */
public final class Faults {

    private final int seeds = Integer.getInteger("faults.seeds", 3);
    private final long first = Long.getLong("faults.seed", System.nanoTime() >>> 20);
    private final Sightings sightings;
    private int broken;
    private int late;

    private Faults(Sightings sightings) {
        this.sightings = sightings;
    }

    /** Ends with 0 when all laws held in all runs, and none took too long. */
    public static void main(String[] args) throws Exception {
        Locale.setDefault(Locale.ROOT);
        List<Fault> asked = Arrays.stream(System.getProperty("faults.of", all()).split(",", -1)).map(Fault::of)
                .toList();
        Faults faults = new Faults(Sightings.in(Boolean.getBoolean("faults.publish")
                ? Path.of("src", "site")
                : Path.of("target", "faults")));
        for (Fault fault : asked) {
            String missing = fault.missing();
            if (missing.isEmpty()) {
                faults.run(fault);
            } else {
                System.out.println(fault.text() + ": left out, this machine lacks " + missing);
            }
        }
        System.out.println(faults.broken == 0 ? "All laws held." : faults.broken + " runs went wrong.");
        System.out.println(faults.late == 0 ? "All were in time." : faults.late + " took too long.");
        System.exit(faults.broken + faults.late == 0 ? 0 : 1);
    }

    private static String all() {
        return Arrays.stream(Fault.values()).map(Fault::id).collect(Collectors.joining(","));
    }

    /** Seed after seed on one cluster, and on a new one after a run that went wrong. */
    private void run(Fault fault) throws Exception {
        long seed = first;
        while (seed < first + seeds) {
            try (Cluster cluster = Cluster.start(fault)) {
                for (; seed < first + seeds; seed++) {
                    Sighting seen = run(fault, seed, cluster);
                    System.out.printf("%d of %d: %s%n", seed - first + 1, seeds, seen);
                    sightings.add(seen);
                    late += seen.isInTime() ? 0 : 1;
                }
            } catch (Exception | AssertionError e) {
                broken++;
                System.out.printf("%s, -Dfaults.seed=%d: %s%n", fault.text(), seed, e);
                sightings.addFailure(fault, seed++);
            }
        }
    }

    /** If it goes wrong or takes too long, what its nodes have to say is kept, since the next cluster writes over it. */
    private static Sighting run(Fault fault, long seed, Cluster cluster) throws Exception {
        try {
            Sighting seen = new FaultRun(fault, seed).on(cluster);
            if (!seen.isInTime()) {
                testify(fault, seed, cluster);
            }
            return seen;
        } catch (Exception | AssertionError wrong) {
            testify(fault, seed, cluster);
            throw wrong;
        }
    }

    private static void testify(Fault fault, long seed, Cluster cluster) throws IOException, InterruptedException {
        Path folder = Path.of("target", "faults", "wrong", fault.id() + "-" + seed);
        cluster.testify(folder);
        System.out.println("What the nodes said is in " + folder);
    }
}
