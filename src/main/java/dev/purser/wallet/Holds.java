package dev.purser.wallet;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** A wallet's open holds, the first to expire in front. */
public final class Holds implements Iterable<Hold> {

    /** How many holds a wallet may have open. */
    public static final int LIMIT = 1_000;

    public static final Holds NONE = new Holds();

    private static final Comparator<Hold> BY_EXPIRY = Comparator.comparing(Hold::expiresAt).thenComparing(Hold::id);

    private final Hold[] holds;

    private Holds(Hold... holds) {
        this.holds = holds;
    }

    public static Holds of(List<Hold> holds) {
        return holds.isEmpty() ? NONE : new Holds(holds.stream().sorted(BY_EXPIRY).toArray(Hold[]::new));
    }

    public int size() {
        return holds.length;
    }

    public @Nullable Hold find(String id) {
        for (Hold hold : holds) {
            if (hold.id().equals(id)) {
                return hold;
            }
        }
        return null;
    }

    /** How many lots they have besides the first of each, which the limit on holds bounds already. */
    int lotsBesidesFirst() {
        int count = 0;
        for (Hold hold : holds) {
            count += hold.lots().size() - 1;
        }
        return count;
    }

    /** How many of the tokens that they hold are of one source. */
    long total(LotSource source) {
        long total = 0;
        for (Hold hold : holds) {
            total = Math.addExact(total, hold.lots().total(source));
        }
        return total;
    }

    /** When the first of them expires. */
    public @Nullable Instant nextExpiry() {
        return holds.length == 0 ? null : holds[0].expiresAt();
    }

    /** These with one added, or put in place of the one with its id. */
    Holds with(Hold added) {
        return of(Stream.concat(without(added.id()).stream(), Stream.of(added)).toList());
    }

    Holds without(String id) {
        return of(stream().filter(hold -> !hold.id().equals(id)).toList());
    }

    List<Hold> due(Instant now) {
        return stream().takeWhile(hold -> !hold.expiresAt().isAfter(now)).toList();
    }

    Stream<Hold> stream() {
        return Arrays.stream(holds);
    }

    @Override
    public Iterator<Hold> iterator() {
        return Arrays.asList(holds).iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Holds that && Arrays.equals(holds, that.holds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(holds);
    }

    @Override
    public String toString() {
        return Arrays.toString(holds);
    }
}
