package dev.purser;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vertx.core.Future;

/**
 * How a node ends: what was started last ends first, one after the other, each within its time. Each part says how it ends
 * as it is started, so that a start that fails half-way ends what it had begun.
 */
final class StopSequence {

    private static final Logger LOG = LoggerFactory.getLogger(StopSequence.class);

    private final Deque<Step> steps = new ArrayDeque<>();

    synchronized void add(String name, Duration patience, Callable<Future<?>> end) {
        steps.push(new Step(name, patience, end));
    }

    /** Runs all steps, whatever becomes of one of them. Blocks; answers whether all went well. */
    synchronized boolean run() {
        boolean well = true;
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            try {
                step.end().call().await(step.patience().toMillis(), TimeUnit.MILLISECONDS);
            } catch (Exception e) {
                LOG.error("Could not {} within {}", step.name(), step.patience(), e);
                well = false;
            }
        }
        return well;
    }

    private record Step(String name, Duration patience, Callable<Future<?>> end) {
    }
}
