package dev.purser.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.purser.lane.LaneLoop;
import io.vertx.core.Context;

/** A lane's thread in earnest: a Vert.x event loop and the machine's clock. */
public final class VertxLoop implements LaneLoop {

    private final Context context;
    private final Clock clock = Clock.systemUTC();

    public VertxLoop(Context context) {
        this.context = context;
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(go -> task.run());
    }

    @Override
    public void after(Duration delay, Runnable task) {
        execute(() -> context.owner().setTimer(Math.max(1, delay.toMillis()), fired -> task.run()));
    }

    @Override
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
