package dev.purser.ops;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import dev.purser.journal.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Keeps readiness true while the node serves: whether the database answers, and its part in the cluster. */
public final class HealthWatch {

    public static final String DATABASE = "database";
    public static final String CLUSTER = "cluster";
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Database database;
    private final Supplier<Optional<String>> clusterTrouble;
    private final Readiness readiness;
    private final Rounds rounds;

    /** @param clusterTrouble what keeps the node from doing its part in the cluster */
    public HealthWatch(Vertx vertx, Database database, Supplier<Optional<String>> clusterTrouble,
            Readiness readiness) {
        this.database = database;
        this.clusterTrouble = clusterTrouble;
        this.readiness = readiness;
        this.rounds = new Rounds(vertx, "Asking the database whether it is there", PAUSE, this::look);
    }

    public void start() {
        rounds.start();
    }

    public Future<Void> stop() {
        return rounds.stop();
    }

    private Future<?> look() {
        clusterTrouble.get().ifPresentOrElse(why -> readiness.waiting(CLUSTER, why), () -> readiness.ready(CLUSTER));
        return database.ping()
                .onSuccess(answered -> readiness.ready(DATABASE))
                .onFailure(cause -> readiness.waiting(DATABASE,
                        "Expected PostgreSQL to answer, but it does not: " + cause.getMessage()));
    }
}
