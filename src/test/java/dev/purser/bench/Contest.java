package dev.purser.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
            entrant.warmUp();
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

    /** Of several entrants the one that does most in two short times, there and back again, once they are warm. */
    <E extends Entrant> E best(List<E> entrants) throws IOException {
        entrants.getLast().warmUp();
        Map<E, Double> done = new LinkedHashMap<>();
        for (List<E> order : List.of(entrants, entrants.reversed())) {
            for (E entrant : order) {
                done.merge(entrant, entrant.work(plan.trying(), seed++).heard().perSecond(), Double::sum);
            }
        }
        done.forEach((entrant, sum) -> System.out.printf("  trying %s: %,.0f/s%n", entrant, sum / 2));
        return Collections.max(done.entrySet(), Map.Entry.comparingByValue()).getKey();
    }
}
