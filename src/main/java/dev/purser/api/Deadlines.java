package dev.purser.api;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** The exchanges under way, the oldest first: all have the same time, so one look at the front finds those overdue. */
final class Deadlines {

    private final Set<Exchange> underWay = new LinkedHashSet<>();
    private final long deadlineNanos;
    private final Consumer<Exchange> overdue;

    Deadlines(Duration deadline, Consumer<Exchange> overdue) {
        this.deadlineNanos = deadline.toNanos();
        this.overdue = overdue;
    }

    void begin(Exchange exchange) {
        underWay.add(exchange);
        exchange.whenOver(() -> underWay.remove(exchange));
    }

    /** Whether nobody waits for an answer. */
    boolean isIdle() {
        return underWay.isEmpty();
    }

    /** To be called a few times a second. */
    void check() {
        long now = System.nanoTime();
        while (!underWay.isEmpty()) {
            Iterator<Exchange> oldest = underWay.iterator();
            Exchange exchange = oldest.next();
            if (now - exchange.startedAt() < deadlineNanos) {
                return;
            }
            oldest.remove();
            overdue.accept(exchange);
        }
    }
}
