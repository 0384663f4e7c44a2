package dev.purser.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

/** A lane's thread and time in the hands of a test: nothing runs and no time passes unless it says so. */
final class ManualLoop implements LaneLoop {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        timers.add(new Timer(now.plus(delay), task));
    }

    @Override
    public Instant now() {
        return now;
    }

    /** Runs what is to be run now. */
    void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Lets time pass, running each timer when it is due. */
    void pass(Duration time) {
        Instant end = now.plus(time);
        run();
        for (Timer next = next(end); next != null; next = next(end)) {
            timers.remove(next);
            now = next.at();
            next.task().run();
            run();
        }
        now = end;
    }

    private @Nullable Timer next(Instant until) {
        return timers.stream().filter(timer -> !timer.at().isAfter(until)).min(Comparator.comparing(Timer::at))
                .orElse(null);
    }

    private record Timer(Instant at, Runnable task) {
    }
}
