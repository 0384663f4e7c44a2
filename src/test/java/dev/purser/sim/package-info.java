/**
 * A simulation of whole clusters in one thread: the real lanes and the real rules of ownership over a model of the
 * database, the network and time. A seed decides what happens and when, so a run that goes wrong can be had again.
 *
 * <p>{@link dev.purser.sim.Simulation} is a run, {@link dev.purser.sim.Judge} knows what must never happen.
 */
@NullMarked
package dev.purser.sim;

import org.jspecify.annotations.NullMarked;
