package dev.purser.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vertx.core.Future;

/** The wallets on their way into memory, many in one read, and the operations that wait for them. */
final class Loads {

    private static final Logger LOG = LoggerFactory.getLogger(Loads.class);
    private static final int WALLETS_AT_ONCE = 500;
    private static final int READS_AT_ONCE = 2;

    private final Journal journal;
    private final Ownership ownership;
    private final Arrival arrival;
    private final Map<String, Awaited> waiting = new LinkedHashMap<>();
    private final Deque<Awaited> wanted = new ArrayDeque<>();
    private final List<Awaited> failed = new ArrayList<>();
    private int reads;
    private boolean failing;

    /** Takes a loaded wallet, the term in which it was asked for, and what waited for it, in order. */
    interface Arrival {
        void arrived(Journal.Stored stored, int term, List<Envelope> waited);
    }

    /** A wallet that is to be read, for these operations. Only the answer to its own read is taken for it. */
    private static final class Awaited {

        private final String walletId;
        private final int term;
        private final List<Envelope> envelopes = new ArrayList<>(2);

        Awaited(String walletId, int term) {
            this.walletId = walletId;
            this.term = term;
        }

        String walletId() {
            return walletId;
        }

        int term() {
            return term;
        }

        List<Envelope> envelopes() {
            return envelopes;
        }
    }

    Loads(Journal journal, Ownership ownership, Arrival arrival) {
        this.journal = journal;
        this.ownership = ownership;
        this.arrival = arrival;
    }

    /** Lets an operation wait for its wallet, behind those that came in before it. */
    void await(Envelope envelope) {
        List<Envelope> envelopes = waiting.computeIfAbsent(envelope.walletId(), id -> {
            Awaited awaited = new Awaited(id, ownership.term(id));
            wanted.add(awaited);
            return awaited;
        }).envelopes();
        int place = envelopes.size();
        while (place > 0 && envelopes.get(place - 1).number() > envelope.number()) {
            place--;
        }
        envelopes.add(place, envelope);
    }

    /** The wallet is known to have changed since it was asked for: what that answers is not taken any more. */
    void readAgain(String walletId) {
        Awaited before = waiting.get(walletId);
        if (before != null) {
            Awaited again = new Awaited(walletId, before.term());
            again.envelopes().addAll(before.envelopes());
            waiting.put(walletId, again);
            wanted.add(again);
            start();
        }
    }

    /** Reads as much of what is wanted as may be under way at once. */
    void start() {
        while (reads < READS_AT_ONCE && !wanted.isEmpty()) {
            boolean fresh = ownership.isFresh(wanted.element().walletId());
            Map<String, Awaited> some = new LinkedHashMap<>();
            while (some.size() < WALLETS_AT_ONCE && !wanted.isEmpty()
                    && ownership.isFresh(wanted.element().walletId()) == fresh) {
                Awaited next = wanted.remove();
                if (isAwaited(next)) {
                    some.put(next.walletId(), next);
                }
            }
            if (!some.isEmpty()) {
                read(some, fresh);
            }
        }
    }

    private boolean isAwaited(Awaited awaited) {
        return waiting.get(awaited.walletId()) == awaited;
    }

    private void read(Map<String, Awaited> some, boolean fresh) {
        reads++;
        List<String> ids = List.copyOf(some.keySet());
        Future<List<Journal.Stored>> read = fresh ? journal.claim(ids) : journal.load(ids);
        read.onComplete(loaded -> {
            reads--;
            if (loaded.succeeded()) {
                loaded.result().forEach(stored -> arrived(stored, some.remove(stored.wallet().id())));
                List<Awaited> unread = some.values().stream().filter(this::isAwaited).toList();
                failing = !unread.isEmpty();
                failed.addAll(unread);
                start();
            } else {
                failed(some, loaded.cause());
            }
        });
    }

    private void arrived(Journal.Stored stored, @Nullable Awaited awaited) {
        if (awaited != null && isAwaited(awaited)) {
            waiting.remove(awaited.walletId());
            arrival.arrived(stored, awaited.term(), awaited.envelopes());
        }
    }

    /** They are wanted as before, but not at once: a read that fails at once would be tried for ever. */
    private void failed(Map<String, Awaited> some, Throwable cause) {
        if (!failing) {
            LOG.warn("Could not read {} wallets, trying again: {}", some.size(), cause.toString());
        }
        failing = true;
        some.values().stream().filter(this::isAwaited).forEach(failed::add);
    }

    /** Tries again what could not be read. */
    void retryFailed() {
        wanted.addAll(failed);
        failed.clear();
        start();
    }

    boolean isFailing() {
        return failing;
    }

    /** Takes out those that {@code which} names; a wallet that nobody waits for any more is not wanted any more. */
    List<Envelope> removeIf(Predicate<Envelope> which) {
        List<Envelope> removed = new ArrayList<>();
        waiting.values().forEach(awaited -> removed.addAll(Mailbox.takeOut(awaited.envelopes(), which)));
        if (!removed.isEmpty()) {
            waiting.values().removeIf(awaited -> awaited.envelopes().isEmpty());
        }
        return removed;
    }
}
