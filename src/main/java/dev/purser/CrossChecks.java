package dev.purser;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.purser.lane.RateLimits;

/** What must hold between settings that are each fine by themselves. */
final class CrossChecks {

    private static final Duration LEAST_KEPT = Duration.ofDays(30);

    private final Values values;
    private final Problems problems;

    CrossChecks(Values values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    void check(Settings settings) {
        checkTimes(settings);
        checkPorts();
        checkLimits(settings);
        if (settings.database().embedded() && !settings.cluster().members().isEmpty()) {
            problems.wrong(values.find("cluster.members"), "none with the embedded database, which other nodes do not"
                    + " share (set database.url)");
        }
        if (settings.sweep().clientKeysKept().compareTo(LEAST_KEPT) < 0) {
            problems.wrong(values.find("idempotency.client_keys_kept"), "at least 30d, which clients may rely on");
        }
    }

    /** An allowance is kept with the wallet in memory: one that is put away sooner would begin anew. */
    private void checkLimits(Settings settings) {
        RateLimits limits = settings.lane().rateLimits();
        for (RateLimits.Limit limit : Stream.of(limits.reads(), limits.writes()).filter(Objects::nonNull).toList()) {
            if (Duration.ofSeconds(limit.windowSeconds()).compareTo(settings.lane().idle()) > 0) {
                problems.add("limits", "cross check", "Expected windows of at most lane.idle ("
                        + millis(settings.lane().idle()) + "), but found one of " + limit.windowSeconds()
                        + "s: a wallet that is put away forgets what was used");
            }
        }
    }

    private void checkTimes(Settings settings) {
        Settings.Database database = settings.database();
        Duration answered = settings.lane().patience().plus(database.commitDeadline());
        Duration delivery = settings.cluster().delivery();
        less("database.statement_timeout", database.statementTimeout(), "database.commit_deadline",
                database.commitDeadline(),
                "PostgreSQL should end a slow commit before the lane gives up its connection");
        less("lane.patience + database.commit_deadline", answered, "cluster.delivery", delivery,
                "a lane should have answered before another node gives it up, or what it did is called unknown");
        less("cluster.delivery", delivery, "http.deadline", settings.http().deadline(),
                "a node should have given up another before its caller gives up both, or the caller is not told why");
        less("stripe.deadline", settings.stripe().deadline(), "http.deadline", settings.http().deadline(),
                "a node should have given up Stripe before its caller gives up both");
        less("stripe.cool_down", settings.stripe().limits().coolDown(), "idempotency.client_keys_kept",
                settings.sweep().clientKeysKept(), "a declined payment is forgotten after that");
    }

    private void less(String one, Duration value, String other, Duration limit, String reason) {
        if (value.compareTo(limit) >= 0) {
            problems.add(one, "cross check", "Expected less than " + other + " (" + millis(limit) + "), but found "
                    + millis(value) + ": " + reason);
        }
    }

    private void checkPorts() {
        List<Found> ports = List.of(values.find("http.port"), values.find("management.port"),
                values.find("cluster.port"), values.find("cluster.bus_port"));
        for (int i = 1; i < ports.size(); i++) {
            Found port = ports.get(i);
            ports.subList(0, i).stream()
                    .filter(other -> other.text().equals(port.text()) && !port.text().equals("0"))
                    .forEach(other -> problems.wrong(port, "another port than " + other.path() + " has"));
        }
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }
}
