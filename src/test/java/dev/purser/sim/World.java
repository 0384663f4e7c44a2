package dev.purser.sim;

import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** Time, chance, and what is going to happen. */
final class World {

    static final long MICRO = 1_000;
    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000_000_000;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Random random;
    private long now = 1_000 * SECOND;
    private long steps;

    World(long seed) {
        this.random = new Random(seed);
    }

    private record Event(long at, long order, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private long scheduled;

    /** Has something happen later. */
    void after(long nanos, Runnable task) {
        events.add(new Event(now + nanos, scheduled++, task));
    }

    /** Lets the next thing happen. */
    void step() {
        Event next = events.remove();
        now = next.at();
        steps++;
        next.task().run();
    }

    /** In nanoseconds. */
    long now() {
        return now;
    }

    long steps() {
        return steps;
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    /** At least {@code least}, less than {@code most}, and more often little than much. */
    long between(long least, long most) {
        double skewed = random.nextDouble();
        return least + (long) ((most - least) * skewed * skewed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
