package dev.purser.wallet;

import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Lots in spending order. Tokens of one source and expiry are interchangeable, so they are one lot: a creator who was
 * tipped ten thousand times has one lot of earned tokens.
 */
public final class Lots implements Iterable<Lot> {

    /** How many lots credits may bring a wallet to; only expiry times set them apart. */
    public static final int LIMIT = 1_000;

    public static final Lots NONE = new Lots();

    private final Lot[] lots;

    private Lots(Lot... lots) {
        this.lots = lots;
    }

    public static Lots of(List<Lot> lots) {
        Lots all = NONE;
        for (Lot lot : lots) {
            all = all.plus(lot);
        }
        return all;
    }

    public int size() {
        return lots.length;
    }

    public long total() {
        long total = 0;
        for (Lot lot : lots) {
            total = Math.addExact(total, lot.amount());
        }
        return total;
    }

    /** How many tokens are of one source. */
    long total(LotSource source) {
        long total = 0;
        for (Lot lot : lots) {
            total = Math.addExact(total, lot.source() == source ? lot.amount() : 0);
        }
        return total;
    }

    /** When the first of them expires. */
    public @Nullable Instant nextExpiry() {
        return lots.length == 0 ? null : lots[0].expiresAt();
    }

    /** These and one more, joined with what it cannot be told from. */
    public Lots plus(Lot lot) {
        int at = Arrays.binarySearch(lots, lot, Lot.SPENDING_ORDER);
        if (at >= 0) {
            Lot[] joined = lots.clone();
            joined[at] = lot.withAmount(Math.addExact(lots[at].amount(), lot.amount()));
            return new Lots(joined);
        }
        int place = -at - 1;
        Lot[] grown = new Lot[lots.length + 1];
        System.arraycopy(lots, 0, grown, 0, place);
        grown[place] = lot;
        System.arraycopy(lots, place, grown, place + 1, lots.length - place);
        return new Lots(grown);
    }

    Lots plus(Lots others) {
        Lots all = this;
        for (Lot lot : others.lots) {
            all = all.plus(lot);
        }
        return all;
    }

    /** Parts these in two, the first of which holds {@code amount} tokens: those to be spent first. */
    Split take(long amount) {
        long missing = amount;
        int whole = 0;
        while (whole < lots.length && lots[whole].amount() <= missing) {
            missing -= lots[whole].amount();
            whole++;
        }
        if (missing == 0) {
            return new Split(part(0, whole), part(whole, lots.length));
        }
        if (whole == lots.length) {
            throw new IllegalStateException(
                    "Expected lots of at least " + amount + " tokens, but " + missing + " are missing");
        }
        Lot[] taken = Arrays.copyOfRange(lots, 0, whole + 1);
        Lot[] left = Arrays.copyOfRange(lots, whole, lots.length);
        taken[whole] = lots[whole].withAmount(missing);
        left[0] = lots[whole].withAmount(lots[whole].amount() - missing);
        return new Split(new Lots(taken), new Lots(left));
    }

    /** Like {@link #take(long)}, but from these sources, one after the other, before all others. */
    Split take(long amount, LotSource... first) {
        Lots taken = NONE;
        Lots left = this;
        long missing = amount;
        for (LotSource source : first) {
            Split split = left.of(source).take(Math.min(missing, left.total(source)));
            missing -= split.taken().total();
            taken = taken.plus(split.taken());
            left = left.butOf(source).plus(split.left());
        }
        Split rest = left.take(missing);
        return new Split(taken.plus(rest.taken()), rest.left());
    }

    private Lots of(LotSource source) {
        return new Lots(Arrays.stream(lots).filter(lot -> lot.source() == source).toArray(Lot[]::new));
    }

    private Lots butOf(LotSource source) {
        return new Lots(Arrays.stream(lots).filter(lot -> lot.source() != source).toArray(Lot[]::new));
    }

    /** Parts these in what has expired by {@code now} and what has not. */
    Split due(Instant now) {
        int count = 0;
        while (count < lots.length && lots[count].isDue(now)) {
            count++;
        }
        return new Split(part(0, count), part(count, lots.length));
    }

    private Lots part(int from, int to) {
        if (from == to) {
            return NONE;
        }
        return from == 0 && to == lots.length ? this : new Lots(Arrays.copyOfRange(lots, from, to));
    }

    @Override
    public Iterator<Lot> iterator() {
        return Arrays.asList(lots).iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lots that && Arrays.equals(lots, that.lots);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(lots);
    }

    @Override
    public String toString() {
        return Arrays.toString(lots);
    }

    record Split(Lots taken, Lots left) {
    }
}
