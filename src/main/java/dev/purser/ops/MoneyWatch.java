package dev.purser.ops;

import java.time.Duration;

import dev.purser.journal.Reports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Keeps the sums that metrics show: what is owed, and what waits for somebody to look at it. */
public final class MoneyWatch {

    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final Reports reports;
    private final Rounds rounds;
    private volatile Reports.Sums sums = Reports.Sums.NONE;

    public MoneyWatch(Vertx vertx, Reports reports) {
        this.reports = reports;
        this.rounds = new Rounds(vertx, "Adding up what is owed", PAUSE, this::look);
    }

    public void start() {
        rounds.start();
    }

    public Future<Void> stop() {
        return rounds.stop();
    }

    /** As they were lately. */
    public Reports.Sums sums() {
        return sums;
    }

    private Future<?> look() {
        return reports.sums().onSuccess(now -> sums = now);
    }
}
