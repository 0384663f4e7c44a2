package dev.purser.lane;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What waits to be decided, the oldest first. Its bounds count everything that waits in the lane, also what waits
 * elsewhere for its wallet to be loaded; so a place is taken by {@link #admit} and given back by {@link #release}.
 */
final class Mailbox {

    private final Admission admission;
    private final long maxBytes;
    /** What is put in front of the others: it was taken out before, or its wallet has just been read. */
    private final ArrayDeque<Envelope> ahead = new ArrayDeque<>();
    /** The others, as they came in. */
    private final ArrayDeque<Envelope> line = new ArrayDeque<>();
    /** How many of each wallet are here. */
    private final Map<String, Integer> readyByWallet = new HashMap<>();
    private long admitted;
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
        envelope.setNumber(admitted++);
        return true;
    }

    /** Gives back an operation's place, once it is answered. */
    void release(Envelope envelope) {
        operations--;
        bytes -= envelope.weight();
    }

    void add(Envelope envelope) {
        line.add(envelope);
        count(envelope, 1);
    }

    /** Puts back what has been taken out before, in front of all others and in its old order. */
    void addFirst(List<Envelope> envelopes) {
        envelopes.reversed().forEach(ahead::addFirst);
        envelopes.forEach(envelope -> count(envelope, 1));
    }

    /**
     * Puts those that waited for a wallet in front of all others, in the order in which they came in: some may be here
     * already, if the wallet was in memory before, and two calls under one key must not change places.
     */
    void addFirst(String walletId, List<Envelope> waited) {
        List<Envelope> all = waited;
        if (readyByWallet.containsKey(walletId)) {
            all = new ArrayList<>(waited);
            all.addAll(removeIf(envelope -> envelope.walletId().equals(walletId)));
            all.sort(Comparator.comparingLong(Envelope::number));
        }
        addFirst(all);
    }

    private void count(Envelope envelope, int difference) {
        readyByWallet.merge(envelope.walletId(), difference, (before, now) -> before + now == 0 ? null : before + now);
    }

    /** The lane takes what waits. How long that took tells who stands in line, if anybody does. */
    void openAt(Instant now) {
        Envelope oldest = line.isEmpty() ? ahead.peek() : line.peek();
        if (oldest != null) {
            admission.opened(oldest.arrived(), now, operations);
        }
    }

    @Nullable
    Envelope peek() {
        return ahead.isEmpty() ? line.peek() : ahead.peek();
    }

    Envelope take() {
        Envelope taken = ahead.isEmpty() ? line.remove() : ahead.remove();
        count(taken, -1);
        return taken;
    }

    boolean isEmpty() {
        return ahead.isEmpty() && line.isEmpty();
    }

    /** How many operations the lane cares for. */
    int operations() {
        return operations;
    }

    /** Takes out those that {@code which} names. */
    List<Envelope> removeIf(Predicate<Envelope> which) {
        List<Envelope> removed = takeOut(ahead, which);
        removed.addAll(takeOut(line, which));
        removed.forEach(envelope -> count(envelope, -1));
        return removed;
    }

    /** Asks once for each: who owns its wallet may change between two questions. */
    static List<Envelope> takeOut(Collection<Envelope> all, Predicate<Envelope> which) {
        List<Envelope> taken = new ArrayList<>();
        all.removeIf(envelope -> which.test(envelope) && taken.add(envelope));
        return taken;
    }
}
