package dev.purser.wallet;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Snapshot.HeldTokens;
import dev.purser.wallet.Snapshot.Tokens;

/**
 * A second opinion on the rules, written to be obviously right rather than fast: heaps of tokens in a list, searched anew
 * for whatever is needed. It shares the vocabulary with the real rules and none of their code.
 */
final class NaiveWallet {

    private static final List<LotSource> SPENT_IN_THIS_ORDER = List.of(LotSource.ALLOWANCE, LotSource.PROMO,
            LotSource.BONUS, LotSource.GIFT, LotSource.PURCHASED, LotSource.STORE, LotSource.EARNED);
    private static final Set<LotSource> NEVER_EXPIRES = Set.of(LotSource.STORE, LotSource.EARNED);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    /** Tokens lying together; under a hold if {@code hold} names one. */
    private record Heap(LotSource source, @Nullable Instant expiresAt, long amount, @Nullable String hold) {
    }

    private record OpenHold(@Nullable String purpose, Instant expiresAt) {
    }

    private final String id;
    private final List<Heap> heaps;
    private final Map<String, OpenHold> holds;
    private final List<Entry> written = new ArrayList<>();
    private Standing standing = Standing.OPEN;
    private BigInteger debt = BigInteger.ZERO;
    private BigInteger purchased = BigInteger.ZERO;
    private BigInteger spent = BigInteger.ZERO;
    private BigInteger earned = BigInteger.ZERO;
    private long version;
    private @Nullable Instant last;

    /** Thrown to the top of a command that is not carried out. */
    private static final class No extends RuntimeException {
        private final transient Refusal why;

        No(Refusal why) {
            super(why.toString(), null, false, false);
            this.why = why;
        }
    }

    NaiveWallet(String id) {
        this.id = id;
        this.heaps = new ArrayList<>();
        this.holds = new TreeMap<>();
    }

    private NaiveWallet(NaiveWallet other) {
        this.id = other.id;
        this.heaps = new ArrayList<>(other.heaps);
        this.holds = new TreeMap<>(other.holds);
        this.standing = other.standing;
        this.debt = other.debt;
        this.purchased = other.purchased;
        this.spent = other.spent;
        this.earned = other.earned;
        this.version = other.version;
        this.last = other.last;
    }

    /** What a command should come to; {@code after} is the wallet it should leave. */
    record Verdict(NaiveWallet after, List<Entry> entries, @Nullable Refusal refusal) {
    }

    Verdict judge(Command command, Authority by, Instant clock) {
        NaiveWallet after = new NaiveWallet(this);
        try {
            if (!mayGive(by, command)) {
                throw new No(new Refusal.NotAllowed());
            }
            after.carryOut(command, last != null && last.isAfter(clock) ? last : clock);
            return new Verdict(after, after.written, null);
        } catch (No no) {
            return new Verdict(this, List.of(), no.why);
        }
    }

    private boolean mayGive(Authority by, Command command) {
        if (!(by instanceof Authority.Caller caller)) {
            return true;
        }
        boolean own = caller.subject().equals(id);
        return switch (command) {
            case Command.Look _ -> own || caller.scopes().contains(Scope.READ);
            case Command.Spend _,Command.OpenHold _,Command.ExtendHold _,Command.SettleHold _,Command.ReleaseHold _ ->
                own || caller.scopes().contains(Scope.CHARGE);
            case Command.Credit _,Command.Clawback _ -> caller.scopes().contains(Scope.CREDIT);
            case Command.Adjust _,Command.Freeze _,Command.Unfreeze _,Command.Close _ ->
                caller.scopes().contains(Scope.ADMIN);
            case Command.ExpireDue _ -> false;
        };
    }

    private void carryOut(Command command, Instant now) {
        switch (command) {
            case Command.Look _ -> {
                return;
            }
            case Command.Credit it -> credit(it, now);
            case Command.Spend it -> {
                needFree(it.amount());
                take(it.amount(), null, null);
                write(EntryKind.SPEND, -it.amount(), 0, 0, it.memo(), now);
            }
            case Command.OpenHold it -> open(it, now);
            case Command.ExtendHold it -> extend(it, now);
            case Command.SettleHold it -> settle(it, now);
            case Command.ReleaseHold it -> {
                OpenHold hold = hold(it.holdId());
                giveBack(it.holdId(), hold, it.memo(), now);
            }
            case Command.ExpireDue _ -> {
                if (!anythingDue(now)) {
                    return;
                }
                holds.entrySet().stream().filter(hold -> !hold.getValue().expiresAt().isAfter(now))
                        .sorted(Comparator.comparing(hold -> hold.getValue().expiresAt())).toList()
                        .forEach(hold -> giveBack(hold.getKey(), hold.getValue(), Memo.of(hold.getValue().purpose()),
                                now));
            }
            case Command.Clawback it -> {
                long taken = Math.min(it.amount(), available());
                long preferred = Math.min(taken, free(it.source()));
                take(preferred, it.source(), null);
                take(taken - preferred, null, null);
                write(it.cause() == ClawbackCause.REFUND ? EntryKind.REFUND : EntryKind.DISPUTE, -taken, 0,
                        it.amount() - taken, it.memo(), now);
            }
            case Command.Adjust it -> adjust(it, now);
            case Command.Freeze it -> {
                need(standing != Standing.CLOSED, new Refusal.Closed());
                need(standing != Standing.FROZEN, new Refusal.AlreadyFrozen());
                standing = Standing.FROZEN;
                write(EntryKind.FREEZE, 0, 0, 0, Memo.of(it.reason()), now);
            }
            case Command.Unfreeze it -> {
                need(standing != Standing.CLOSED, new Refusal.Closed());
                need(standing == Standing.FROZEN, new Refusal.NotFrozen());
                standing = Standing.OPEN;
                write(EntryKind.UNFREEZE, 0, 0, 0, Memo.of(it.reason()), now);
            }
            case Command.Close it -> {
                need(standing != Standing.CLOSED, new Refusal.Closed());
                need(holds.isEmpty(), new Refusal.HoldsOpen(holds.size()));
                long forfeited = available();
                need(forfeited == 0 || it.forfeit(), new Refusal.NotEmpty(forfeited));
                heaps.clear();
                standing = Standing.CLOSED;
                write(EntryKind.CLOSE, -forfeited, 0, 0, Memo.of(it.reason()), now);
            }
        }
        loseWhatRanOut(now);
        payDebt(now);
    }

    private void credit(Command.Credit credit, Instant now) {
        need(standing != Standing.CLOSED, new Refusal.Closed());
        Instant expiresAt = credit.expiresAt();
        if (expiresAt != null) {
            need(!NEVER_EXPIRES.contains(credit.source()), new Refusal.SourceNeverExpires(credit.source()));
            need(now.isBefore(expiresAt), new Refusal.ExpiresInThePast(expiresAt));
        }
        heaps.add(new Heap(credit.source(), expiresAt, credit.amount(), null));
        EntryKind kind = switch (credit.source()) {
            case ALLOWANCE -> EntryKind.SUBSCRIPTION_GRANT;
            case PROMO -> EntryKind.PROMO;
            case BONUS -> EntryKind.BONUS;
            case GIFT -> EntryKind.GIFT;
            case PURCHASED, STORE -> EntryKind.PURCHASE;
            case EARNED -> EntryKind.TIP;
        };
        write(kind, credit.amount(), 0, 0, credit.memo(), now);
    }

    private void adjust(Command.Adjust adjust, Instant now) {
        need(standing != Standing.CLOSED, new Refusal.Closed());
        if (adjust.amount() > 0) {
            heaps.add(new Heap(LotSource.PROMO, null, adjust.amount(), null));
        } else {
            need(adjust.amount() != Long.MIN_VALUE, new Refusal.TooLarge());
            need(available() >= -adjust.amount(), new Refusal.InsufficientFunds(available(), -adjust.amount()));
            take(-adjust.amount(), null, null);
        }
        write(EntryKind.ADJUSTMENT, adjust.amount(), 0, 0, Memo.of(adjust.reason()), now);
    }

    private void open(Command.OpenHold open, Instant now) {
        needFree(open.amount());
        need(!holds.containsKey(open.holdId()), new Refusal.HoldExists(open.holdId()));
        need(holds.size() < 1_000, new Refusal.TooManyHolds(1_000));
        holds.put(open.holdId(), new OpenHold(open.purpose(), later(now, open.lifetime())));
        take(open.amount(), null, open.holdId());
        write(EntryKind.HOLD, 0, open.amount(), 0, Memo.of(open.purpose()), now);
    }

    private void extend(Command.ExtendHold extend, Instant now) {
        OpenHold hold = hold(extend.holdId());
        needFree(extend.amount());
        if (extend.lifetime() != null) {
            Instant wanted = later(now, extend.lifetime());
            if (wanted.isAfter(hold.expiresAt())) {
                holds.put(extend.holdId(), new OpenHold(hold.purpose(), wanted));
            }
        }
        take(extend.amount(), null, extend.holdId());
        write(EntryKind.HOLD, 0, extend.amount(), 0, Memo.of(hold.purpose()), now);
    }

    private void settle(Command.SettleHold settle, Instant now) {
        var _ = hold(settle.holdId());
        long held = held(settle.holdId());
        long beyond = settle.amount() - held;
        if (beyond > 0) {
            need(settle.allowOverage(), new Refusal.ExceedsHold(held, settle.amount()));
            needFree(beyond);
            take(beyond, null, null);
            heaps.removeIf(heap -> settle.holdId().equals(heap.hold()));
        } else {
            List<Heap> free = heaps.stream().filter(heap -> !settle.holdId().equals(heap.hold())).toList();
            List<Heap> ofHold = heaps.stream().filter(heap -> settle.holdId().equals(heap.hold()))
                    .map(heap -> new Heap(heap.source(), heap.expiresAt(), heap.amount(), null)).toList();
            heaps.clear();
            heaps.addAll(ofHold);
            take(settle.amount(), null, null);
            heaps.addAll(free);
        }
        holds.remove(settle.holdId());
        write(EntryKind.SPEND, -settle.amount(), -held, 0, settle.memo(), now);
    }

    private void giveBack(String holdId, OpenHold hold, Memo memo, Instant now) {
        Objects.requireNonNull(hold);
        long held = held(holdId);
        heaps.replaceAll(heap -> holdId.equals(heap.hold())
                ? new Heap(heap.source(), heap.expiresAt(), heap.amount(), null)
                : heap);
        holds.remove(holdId);
        write(EntryKind.RELEASE, 0, -held, 0, memo, now);
    }

    boolean anythingDue(Instant now) {
        return holds.values().stream().anyMatch(hold -> !hold.expiresAt().isAfter(now))
                || heaps.stream().anyMatch(heap -> heap.hold() == null && ranOut(heap, now));
    }

    private static boolean ranOut(Heap heap, Instant now) {
        return heap.expiresAt() != null && !heap.expiresAt().isAfter(now);
    }

    /** One entry for each sort of tokens, the first to have run out first. */
    private void loseWhatRanOut(Instant now) {
        Heap next = firstToSpend(null);
        while (next != null && ranOut(next, now)) {
            Heap lost = next;
            long amount = heaps.stream().filter(heap -> heap.hold() == null && sameSort(heap, lost))
                    .mapToLong(Heap::amount).sum();
            heaps.removeIf(heap -> heap.hold() == null && sameSort(heap, lost));
            write(EntryKind.EXPIRY, -amount, 0, 0, Memo.of(lost.source().text()), now);
            next = firstToSpend(null);
        }
    }

    private static boolean sameSort(Heap one, Heap other) {
        return one.source() == other.source() && Objects.equals(one.expiresAt(), other.expiresAt());
    }

    private void payDebt(Instant now) {
        long paid = debt.min(BigInteger.valueOf(available())).longValueExact();
        if (paid > 0) {
            take(paid, null, null);
            write(EntryKind.DEBT_REPAYMENT, -paid, 0, -paid, Memo.NONE, now);
        }
    }

    /** Takes free tokens, of one source if one is given, one heap after the other; to a hold if one is given. */
    private void take(long amount, @Nullable LotSource only, @Nullable String toHold) {
        long missing = amount;
        while (missing > 0) {
            Heap heap = Objects.requireNonNull(firstToSpend(only));
            heaps.remove(heap);
            long taken = Math.min(missing, heap.amount());
            if (taken < heap.amount()) {
                heaps.add(new Heap(heap.source(), heap.expiresAt(), heap.amount() - taken, null));
            }
            if (toHold != null) {
                heaps.add(new Heap(heap.source(), heap.expiresAt(), taken, toHold));
            }
            missing -= taken;
        }
    }

    private @Nullable Heap firstToSpend(@Nullable LotSource only) {
        Heap first = null;
        for (Heap heap : heaps) {
            if (heap.hold() == null && (only == null || heap.source() == only)
                    && (first == null || goesBefore(heap, first))) {
                first = heap;
            }
        }
        return first;
    }

    private static boolean goesBefore(Heap one, Heap other) {
        if (!Objects.equals(one.expiresAt(), other.expiresAt())) {
            return other.expiresAt() == null
                    || (one.expiresAt() != null && one.expiresAt().isBefore(other.expiresAt()));
        }
        return SPENT_IN_THIS_ORDER.indexOf(one.source()) < SPENT_IN_THIS_ORDER.indexOf(other.source());
    }

    private OpenHold hold(String holdId) {
        OpenHold hold = holds.get(holdId);
        if (hold == null) {
            throw new No(new Refusal.NoOpenHold(holdId));
        }
        return hold;
    }

    private void needFree(long amount) {
        need(standing != Standing.FROZEN, new Refusal.Frozen());
        need(standing != Standing.CLOSED, new Refusal.Closed());
        need(debt.signum() == 0, new Refusal.InDebt(debt.longValueExact()));
        need(available() >= amount, new Refusal.InsufficientFunds(available(), amount));
    }

    private static void need(boolean condition, Refusal otherwise) {
        if (!condition) {
            throw new No(otherwise);
        }
    }

    private static Instant later(Instant now, Duration lifetime) {
        try {
            return now.plus(lifetime);
        } catch (DateTimeException | ArithmeticException beyondTime) {
            throw new No(new Refusal.TooLarge());
        }
    }

    private long available() {
        return heaps.stream().filter(heap -> heap.hold() == null).mapToLong(Heap::amount).sum();
    }

    private long free(LotSource source) {
        return heaps.stream().filter(heap -> heap.hold() == null && heap.source() == source).mapToLong(Heap::amount)
                .sum();
    }

    private long held(String holdId) {
        return heaps.stream().filter(heap -> holdId.equals(heap.hold())).mapToLong(Heap::amount).sum();
    }

    private void write(EntryKind kind, long amount, long held, long owed, Memo memo, Instant now) {
        BigInteger balance = heaps.stream().map(heap -> BigInteger.valueOf(heap.amount())).reduce(BigInteger.ZERO,
                BigInteger::add);
        debt = debt.add(BigInteger.valueOf(owed));
        switch (kind) {
            case PURCHASE -> purchased = purchased.add(BigInteger.valueOf(amount));
            case SPEND -> spent = spent.subtract(BigInteger.valueOf(amount));
            case TIP, GIFT -> earned = earned.add(BigInteger.valueOf(amount));
            default -> {
            }
        }
        for (BigInteger number : List.of(balance, debt, purchased, spent, earned)) {
            need(number.compareTo(MOST) <= 0, new Refusal.TooLarge());
        }
        version++;
        last = now;
        written.add(new Entry(version, kind, amount, held, owed, balance.longValueExact(), now, memo));
    }

    /** What the wallet looks like now. */
    Snapshot snapshot() {
        List<HeldTokens> held = holds.entrySet().stream()
                .map(hold -> new HeldTokens(hold.getKey(), hold.getValue().purpose(), hold.getValue().expiresAt(),
                        tokens(hold.getKey())))
                .sorted(Comparator.comparing(HeldTokens::expiresAt)).toList();
        long free = available();
        long onHold = heaps.stream().filter(heap -> heap.hold() != null).mapToLong(Heap::amount).sum();
        Status status = switch (standing) {
            case FROZEN -> Status.FROZEN;
            case CLOSED -> Status.CLOSED;
            case OPEN -> debt.signum() > 0 ? Status.DEBT : Status.ACTIVE;
        };
        return new Snapshot(version, free + onHold, onHold, debt.longValueExact(), status,
                purchased.longValueExact(), spent.longValueExact(), earned.longValueExact(), tokens(null), held, last);
    }

    private List<Tokens> tokens(@Nullable String hold) {
        List<Tokens> tokens = new ArrayList<>();
        for (Heap heap : heaps.stream().filter(heap -> Objects.equals(heap.hold(), hold))
                .sorted((one, other) -> goesBefore(one, other) ? -1 : goesBefore(other, one) ? 1 : 0).toList()) {
            Tokens before = tokens.isEmpty() ? null : tokens.getLast();
            if (before != null && before.source() == heap.source()
                    && Objects.equals(before.expiresAt(), heap.expiresAt())) {
                tokens.set(tokens.size() - 1,
                        new Tokens(heap.source(), heap.expiresAt(), before.amount() + heap.amount()));
            } else {
                tokens.add(new Tokens(heap.source(), heap.expiresAt(), heap.amount()));
            }
        }
        return tokens;
    }
}
