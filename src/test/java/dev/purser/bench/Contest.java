package dev.purser.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures entrants in turns, round by round, so that what the machine does meanwhile meets all of them alike. */
final class Contest {

    private static final Duration SETTLE = Duration.ofMillis(500);

    private final Plan plan;
    private long seed;

    Contest(Plan plan) {
        this.plan = plan;
        this.seed = plan.seed();
    }

    Map<String, Series> run(String title, List<? extends Entrant> entrants) throws IOException {
        System.out.printf("%n%s%n", title);
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        for (Entrant entrant : entrants) {
            samples.put(entrant.name(), new ArrayList<>());
            Sample _ = entrant.work(plan.warmUp(), seed++);
        }
        for (int round = 0; round < plan.rounds(); round++) {
            for (Entrant entrant : entrants) {
                Sample _ = entrant.work(SETTLE, seed++);
                samples.getOrDefault(entrant.name(), new ArrayList<>()).add(entrant.work(plan.lasting(), seed++));
            }
        }
        Map<String, Series> series = new LinkedHashMap<>();
        samples.forEach((name, rounds) -> series.put(name, new Series(name, rounds)));
        series.values().forEach(each -> System.out.println("  " + each));
        return series;
    }

    /** Of several entrants the one that does most in a short time, once they are warm. */
    <E extends Entrant> E best(List<E> entrants) throws IOException {
        Sample _ = entrants.getLast().work(plan.warmUp(), seed++);
        E best = entrants.getFirst();
        double most = 0;
        for (E entrant : entrants) {
            double perSecond = entrant.work(plan.trying(), seed++).heard().perSecond();
            System.out.printf("  trying %s: %,.0f/s%n", entrant, perSecond);
            if (perSecond > most) {
                most = perSecond;
                best = entrant;
            }
        }
        return best;
    }
}
