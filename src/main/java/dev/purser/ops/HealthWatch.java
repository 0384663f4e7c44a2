package dev.purser.ops;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import dev.purser.journal.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Keeps readiness true while the node serves: whether the database answers, and every wallet has an owner. */
public final class HealthWatch {

    public static final String DATABASE = "database";
    public static final String CLUSTER = "cluster";
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Database database;
    private final BooleanSupplier everyWalletHasAnOwner;
    private final Readiness readiness;
    private final Rounds rounds;

    public HealthWatch(Vertx vertx, Database database, BooleanSupplier everyWalletHasAnOwner, Readiness readiness) {
        this.database = database;
        this.everyWalletHasAnOwner = everyWalletHasAnOwner;
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
        if (everyWalletHasAnOwner.getAsBoolean()) {
            readiness.ready(CLUSTER);
        } else {
            readiness.waiting(CLUSTER, "Expected every partition to have an owner in sight, but some have none");
        }
        return database.ping()
                .onSuccess(answered -> readiness.ready(DATABASE))
                .onFailure(cause -> readiness.waiting(DATABASE,
                        "Expected PostgreSQL to answer, but it does not: " + cause.getMessage()));
    }
}
