package dev.purser.lane;

import java.time.Duration;
import java.time.Instant;

/** The thread, the timers and the time of a lane. */
public interface LaneLoop {

    /** Runs {@code task} on the lane's thread, after what is already to be run there. */
    void execute(Runnable task);

    /** Runs {@code task} on the lane's thread once {@code delay} has passed. */
    void after(Duration delay, Runnable task);

    /** The time, in whole microseconds as the database keeps it. */
    Instant now();
}
