package dev.purser.wallet;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import dev.purser.wallet.Snapshot.Tokens;

/** The naive wallet's tokens: heaps in a list, in no order, searched anew for whatever is needed. */
final class Heaps {

    private static final List<LotSource> SPENT_IN_THIS_ORDER = List.of(LotSource.ALLOWANCE, LotSource.PROMO,
            LotSource.BONUS, LotSource.GIFT, LotSource.PURCHASED, LotSource.STORE, LotSource.EARNED);

    /** Tokens lying together; under a hold if {@code hold} names one. */
    record Heap(LotSource source, @Nullable Instant expiresAt, long amount, @Nullable String hold) {

        boolean ranOut(Instant now) {
            return expiresAt != null && !expiresAt.isAfter(now);
        }

        boolean goesBefore(Heap other) {
            if (!Objects.equals(expiresAt, other.expiresAt)) {
                return other.expiresAt == null || (expiresAt != null && expiresAt.isBefore(other.expiresAt));
            }
            return SPENT_IN_THIS_ORDER.indexOf(source) < SPENT_IN_THIS_ORDER.indexOf(other.source);
        }

        boolean isLike(Heap other) {
            return source == other.source && Objects.equals(expiresAt, other.expiresAt)
                    && Objects.equals(hold, other.hold);
        }
    }

    private final List<Heap> heaps;

    Heaps() {
        this.heaps = new ArrayList<>();
    }

    Heaps(Heaps other) {
        this.heaps = new ArrayList<>(other.heaps);
    }

    void add(LotSource source, @Nullable Instant expiresAt, long amount) {
        heaps.add(new Heap(source, expiresAt, amount, null));
    }

    /** Puts tokens under a hold, or sets them free. */
    void put(List<Heap> some, @Nullable String hold) {
        some.forEach(heap -> heaps.add(new Heap(heap.source(), heap.expiresAt(), heap.amount(), hold)));
    }

    /** Takes tokens of one hold (or free ones), of one source if one is given, one heap after the other. */
    @CanIgnoreReturnValue
    List<Heap> take(@Nullable String hold, long amount, @Nullable LotSource only) {
        List<Heap> taken = new ArrayList<>();
        long missing = amount;
        while (missing > 0) {
            Heap heap = Objects.requireNonNull(first(hold, only));
            heaps.remove(heap);
            long part = Math.min(missing, heap.amount());
            taken.add(new Heap(heap.source(), heap.expiresAt(), part, hold));
            if (part < heap.amount()) {
                heaps.add(new Heap(heap.source(), heap.expiresAt(), heap.amount() - part, hold));
            }
            missing -= part;
        }
        return taken;
    }

    private @Nullable Heap first(@Nullable String hold, @Nullable LotSource only) {
        Heap first = null;
        for (Heap heap : heaps) {
            if (Objects.equals(heap.hold(), hold) && (only == null || heap.source() == only)
                    && (first == null || heap.goesBefore(first))) {
                first = heap;
            }
        }
        return first;
    }

    /** Takes all free tokens of the sort that ran out first, if any did. */
    @Nullable
    Heap takeWhatRanOut(Instant now) {
        Heap lost = first(null, null);
        if (lost == null || !lost.ranOut(now)) {
            return null;
        }
        long amount = heaps.stream().filter(lost::isLike).mapToLong(Heap::amount).sum();
        heaps.removeIf(lost::isLike);
        return new Heap(lost.source(), lost.expiresAt(), amount, null);
    }

    boolean anyRanOut(Instant now) {
        return heaps.stream().anyMatch(heap -> heap.hold() == null && heap.ranOut(now));
    }

    long free() {
        return sum(null);
    }

    long free(LotSource source) {
        return heaps.stream().filter(heap -> heap.hold() == null && heap.source() == source).mapToLong(Heap::amount)
                .sum();
    }

    /** Free or not. */
    long all(LotSource source) {
        return heaps.stream().filter(heap -> heap.source() == source).mapToLong(Heap::amount).sum();
    }

    long held(String hold) {
        return sum(hold);
    }

    private long sum(@Nullable String hold) {
        return heaps.stream().filter(heap -> Objects.equals(heap.hold(), hold)).mapToLong(Heap::amount).sum();
    }

    BigInteger all() {
        return heaps.stream().map(heap -> BigInteger.valueOf(heap.amount())).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** What is under a hold (or free), each sort once, in spending order. */
    List<Tokens> tokens(@Nullable String hold) {
        Heaps copy = new Heaps(this);
        List<Tokens> tokens = new ArrayList<>();
        for (Heap next = copy.first(hold, null); next != null; next = copy.first(hold, null)) {
            Heap sort = next;
            long amount = copy.heaps.stream().filter(sort::isLike).mapToLong(Heap::amount).sum();
            copy.heaps.removeIf(sort::isLike);
            tokens.add(new Tokens(sort.source(), sort.expiresAt(), amount));
        }
        return tokens;
    }
}
