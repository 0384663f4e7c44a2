package dev.purser.support;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What all clients of a run asked for and were answered, by their own clock. Any thread may write to it. */
public final class ClientLog {

    private static final int SLOWEST = 5;

    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final Queue<Look> looks = new ConcurrentLinkedQueue<>();
    /** When what was acknowledged for each wallet was asked for, at the latest. */
    private final Map<String, Long> served = new ConcurrentHashMap<>();

    /** One request, and what the client heard; an intent that is tried again makes a call each time. */
    public record Call(Intent intent, long sentAt, long heardAt, Heard heard) {

        public boolean isAcknowledged() {
            return heard instanceof Heard.Acknowledged;
        }

        /** Whether a node may have carried it out. */
        boolean mayHaveRun() {
            return !(heard instanceof Heard.Refused);
        }
    }

    /** A balance that was asked for, and answered with this version. */
    public record Look(String wallet, long sentAt, long heardAt, long version, long balance) {
    }

    /** What a client knows after a call. */
    public sealed interface Heard {

        /**
         * Carried out.
         *
         * @param seq the number of the entry that the reply names
         * @param reply all of it, byte for byte
         */
        record Acknowledged(long seq, long version, long balance, boolean replayed, String reply) implements Heard {
        }

        /** Surely not carried out by this call; {@code again} when the same may succeed later. */
        record Refused(boolean again, String why) implements Heard {
        }

        /** Carried out or not, nobody told. */
        record Unknown(String why) implements Heard {
        }
    }

    public void add(Call call) {
        calls.add(call);
        if (call.isAcknowledged()) {
            long _ = served.merge(call.intent().wallet(), call.sentAt(),
                    (one, other) -> one - other > 0 ? one : other);
        }
    }

    public void add(Look look) {
        looks.add(look);
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    public List<Look> looks() {
        return List.copyOf(looks);
    }

    public List<Call> acknowledged() {
        return acknowledgedWhere(call -> true).toList();
    }

    /** The wallets for which something was acknowledged that was asked for after a point in time. */
    public Set<String> servedSince(long nanos) {
        return served.entrySet().stream().filter(last -> last.getValue() - nanos > 0).map(Map.Entry::getKey)
                .collect(toSet());
    }

    /** How long after a point in time the last of these wallets was served for the first time. */
    public long nanosUntilServed(Collection<String> wallets, long since) {
        return wallets.stream().mapToLong(wallet -> acknowledgedWhere(
                call -> call.intent().wallet().equals(wallet) && call.sentAt() - since > 0)
                .mapToLong(call -> call.heardAt() - since).min().orElse(Long.MAX_VALUE)).max().orElse(0);
    }

    /** How often one and the same thing was asked for at most, after a point in time. */
    public long mostCallsSince(long nanos) {
        return calls.stream().filter(call -> call.sentAt() - nanos > 0)
                .collect(groupingBy(call -> call.intent().tag(), counting())).values().stream()
                .mapToLong(Long::longValue).max().orElse(0);
    }

    /** The longest time from when something was first asked for, after a point in time, until it was acknowledged. */
    public Duration longestWaitSince(long nanos) {
        return Duration.ofNanos(calls.stream().filter(call -> call.sentAt() - nanos > 0)
                .collect(groupingBy(call -> call.intent().tag())).values().stream()
                .filter(asked -> asked.stream().anyMatch(Call::isAcknowledged))
                .mapToLong(asked -> asked.stream().filter(Call::isAcknowledged).mapToLong(Call::heardAt).min()
                        .orElseThrow() - asked.stream().mapToLong(Call::sentAt).min().orElseThrow())
                .max().orElse(0));
    }

    /** The longest that a call took of those that were answered after a point in time; for ever if none was. */
    public Duration longestHeardSince(long nanos) {
        return Duration.ofNanos(calls.stream().filter(call -> call.heardAt() - nanos > 0)
                .mapToLong(call -> call.heardAt() - call.sentAt()).max().orElse(Long.MAX_VALUE));
    }

    /** The calls that took longest, after a point in time, in words. */
    public List<String> slowestSince(long nanos) {
        return calls.stream().filter(call -> call.sentAt() - nanos > 0)
                .sorted(Comparator.comparingLong(call -> call.sentAt() - call.heardAt())).limit(SLOWEST)
                .map(call -> inWords(call, nanos)).toList();
    }

    /** The last calls for some wallets, in words. */
    public List<String> lastHeardOf(Collection<String> wallets) {
        long now = System.nanoTime();
        return calls.stream().filter(call -> wallets.contains(call.intent().wallet()))
                .sorted(Comparator.comparingLong(call -> now - call.heardAt())).limit(SLOWEST)
                .map(call -> inWords(call, now)).toList();
    }

    /** All calls for the thing that was asked for most often, after a point in time, in words. */
    public List<String> mostAskedSince(long nanos) {
        return calls.stream().filter(call -> call.sentAt() - nanos > 0)
                .collect(groupingBy(call -> call.intent().tag())).values().stream()
                .max(Comparator.comparingInt(List::size)).orElse(List.of()).stream()
                .sorted(Comparator.comparingLong(Call::sentAt)).map(call -> inWords(call, nanos)).toList();
    }

    private static String inWords(Call call, long since) {
        return "%d ms after it %s took %d ms and heard %s".formatted((call.sentAt() - since) / 1_000_000,
                call.intent(), (call.heardAt() - call.sentAt()) / 1_000_000, call.heard());
    }

    /** How many calls after a point in time heard what, in words. */
    public Map<String, Long> heardSince(long nanos) {
        return calls.stream().filter(call -> call.sentAt() - nanos > 0)
                .collect(groupingBy(call -> switch (call.heard()) {
                    case Heard.Acknowledged _ -> "acknowledged";
                    case Heard.Refused(_, var why) -> "refused: " + why;
                    case Heard.Unknown(var why) -> "unknown: " + why;
                }, TreeMap::new, counting()));
    }

    /** The longest that anybody waited for an answer, after a point in time. */
    public Duration longestSince(long nanos) {
        return Duration.ofNanos(calls.stream().filter(call -> call.sentAt() - nanos > 0)
                .mapToLong(call -> call.heardAt() - call.sentAt()).max().orElse(0));
    }

    private Stream<Call> acknowledgedWhere(Predicate<Call> wanted) {
        return calls.stream().filter(Call::isAcknowledged).filter(wanted);
    }
}
