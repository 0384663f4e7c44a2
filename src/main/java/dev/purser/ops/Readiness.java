package dev.purser.ops;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Whether this node can serve, and what it waits for if not. Told and asked from any thread. */
public final class Readiness {

    private static final String DRAINING = "draining";

    private final Map<String, Check> checks = new ConcurrentSkipListMap<>();

    /** Not ready before each of {@code names} has been said to be. */
    public Readiness(String... names) {
        for (String name : names) {
            waiting(name, "Expected it to be ready, but it has not been started yet");
        }
    }

    public void ready(String name) {
        checks.put(name, new Check.Ready());
    }

    /** Not ready; {@code why} tells the operator what is expected and what is there instead. */
    public void waiting(String name, String why) {
        checks.put(name, new Check.Waiting(why));
    }

    /** Not ready any more, and never again. */
    public void draining() {
        waiting(DRAINING, "This node is about to leave");
    }

    public boolean isReady() {
        return checks.values().stream().allMatch(check -> check instanceof Check.Ready);
    }

    /** All checks by name. */
    public Map<String, Check> checks() {
        return Map.copyOf(checks);
    }

    /** One thing that must be there. */
    public sealed interface Check {

        record Ready() implements Check {
        }

        record Waiting(String why) implements Check {
        }
    }
}
