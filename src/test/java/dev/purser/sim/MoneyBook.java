package dev.purser.sim;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import dev.purser.journal.Reversals.Standing;
import dev.purser.support.MemoryTables.Bought;

/** What was told of money that went back, as PostgreSQL keeps it: in whatever order, and however often, it comes to the same. */
final class MoneyBook {

    private final Map<String, Map<String, Told>> told = new HashMap<>();

    /** How a refund stands, the first two, or a dispute; the later counts. */
    enum State {
        REFUNDED,
        FAILED,
        OPEN,
        WITHDRAWN,
        LOST,
        ENDED
    }

    /** A refund or a dispute of a payment stands so. */
    record Told(String paymentId, String id, long amount, State state) {
    }

    void note(Told news) {
        told.computeIfAbsent(news.paymentId(), none -> new HashMap<>()).merge(news.id(), news,
                (before, now) -> now.state().compareTo(before.state()) > 0 ? now : before);
    }

    /** How much of a payment's money stands in any of these states. */
    long sum(String paymentId, State... states) {
        return told.getOrDefault(paymentId, Map.of()).values().stream()
                .filter(one -> Arrays.asList(states).contains(one.state())).mapToLong(Told::amount).sum();
    }

    /** How a payment stands at this moment. */
    Standing of(Bought bought) {
        String id = bought.payment().id();
        return new Standing(id, bought.walletId(), bought.payment().tokens() + bought.payment().bonus(),
                bought.payment().price(), bought.payment().currency(), bought.takenBack(), sum(id, State.REFUNDED), 0,
                sum(id, State.WITHDRAWN, State.LOST), sum(id, State.OPEN), false, bought.nextStep());
    }
}
