package dev.purser.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wallets on their way into memory, many in one read, and the operations that wait for them. */
final class Loads {

    private static final Logger LOG = LoggerFactory.getLogger(Loads.class);
    private static final int WALLETS_AT_ONCE = 500;
    private static final int READS_AT_ONCE = 2;

    private final Journal journal;
    private final Consumer<Journal.Stored> arrived;
    private final Map<String, Deque<Envelope>> waiting = new LinkedHashMap<>();
    private final Deque<String> wanted = new ArrayDeque<>();
    private int reads;
    private boolean failing;

    /** @param arrived takes a loaded wallet, and then asks with {@link #release} for what waited for it */
    Loads(Journal journal, Consumer<Journal.Stored> arrived) {
        this.journal = journal;
        this.arrived = arrived;
    }

    /** Lets an operation wait for its wallet. */
    void await(Envelope envelope) {
        waiting.computeIfAbsent(envelope.walletId(), id -> {
            wanted.add(id);
            return new ArrayDeque<>(2);
        }).add(envelope);
    }

    /** Reads as much of what is wanted as may be under way at once. */
    void start() {
        while (reads < READS_AT_ONCE && !wanted.isEmpty()) {
            List<String> ids = new ArrayList<>();
            while (ids.size() < WALLETS_AT_ONCE && !wanted.isEmpty()) {
                String id = wanted.remove();
                if (waiting.containsKey(id)) {
                    ids.add(id);
                }
            }
            read(ids);
        }
    }

    private void read(List<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        reads++;
        journal.load(ids).onComplete(loaded -> {
            reads--;
            if (loaded.succeeded()) {
                failing = false;
                loaded.result().forEach(arrived);
                start();
            } else {
                failed(ids, loaded.cause());
            }
        });
    }

    /** They are wanted as before; the lane's next tick tries again. */
    private void failed(List<String> ids, Throwable cause) {
        if (!failing) {
            LOG.warn("Could not read wallets, trying again: {}", cause.toString());
        }
        failing = true;
        ids.stream().filter(waiting::containsKey).forEach(wanted::add);
    }

    boolean isFailing() {
        return failing;
    }

    /** What waited for a wallet that has arrived, in order. */
    Iterable<Envelope> release(String walletId) {
        Deque<Envelope> released = waiting.remove(walletId);
        return released == null ? List.of() : released;
    }

    /** Takes out those that {@code which} names; a wallet that nobody waits for any more is not wanted any more. */
    List<Envelope> removeIf(Predicate<Envelope> which) {
        List<Envelope> removed = waiting.values().stream().flatMap(Deque::stream).filter(which).toList();
        if (!removed.isEmpty()) {
            waiting.values().forEach(envelopes -> envelopes.removeIf(which));
            waiting.values().removeIf(Deque::isEmpty);
        }
        return removed;
    }
}
