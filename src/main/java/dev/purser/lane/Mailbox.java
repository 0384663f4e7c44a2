package dev.purser.lane;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What waits to be decided, the oldest first. Its bounds count everything that waits in the lane, also what waits
 * elsewhere for its wallet to be loaded; so a place is taken by {@link #admit} and given back by {@link #release}.
 */
final class Mailbox {

    private final Admission admission;
    private final long maxBytes;
    private final ArrayDeque<Envelope> ready = new ArrayDeque<>();
    private int operations;
    private long bytes;

    Mailbox(Admission admission, long maxBytes) {
        this.admission = admission;
        this.maxBytes = maxBytes;
    }

    /** Takes a place for an operation that comes in; false when there is none. */
    boolean admit(Envelope envelope) {
        if (!admission.admits(operations) || bytes + envelope.weight() > maxBytes) {
            return false;
        }
        operations++;
        bytes += envelope.weight();
        return true;
    }

    /** Gives back an operation's place, once it is answered. */
    void release(Envelope envelope) {
        operations--;
        bytes -= envelope.weight();
    }

    void add(Envelope envelope) {
        ready.add(envelope);
    }

    /** Puts back what has been taken out before, in front of all others and in its old order. */
    void addFirst(List<Envelope> envelopes) {
        envelopes.reversed().forEach(ready::addFirst);
    }

    /** The oldest that waits has come to its turn. */
    void openAt(Instant now) {
        Envelope oldest = ready.peek();
        if (oldest != null) {
            admission.opened(oldest.arrived(), now, operations);
        }
    }

    @Nullable
    Envelope peek() {
        return ready.peek();
    }

    Envelope take() {
        return ready.remove();
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    /** How many operations the lane cares for. */
    int operations() {
        return operations;
    }

    /** Takes out those that {@code which} names. */
    List<Envelope> removeIf(Predicate<Envelope> which) {
        List<Envelope> removed = ready.stream().filter(which).toList();
        if (!removed.isEmpty()) {
            ready.removeIf(which);
        }
        return removed;
    }
}
