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

/**
 * A second opinion on the rules, written to be obviously right rather than fast. It shares the vocabulary with the real rules and none of their code.
 */
final class NaiveWallet {

    private static final Set<LotSource> NEVER_EXPIRES = Set.of(LotSource.STORE, LotSource.EARNED);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private record OpenHold(@Nullable String purpose, Instant expiresAt, boolean guarded, @Nullable NaiveCall call,
            boolean payout, @Nullable String disputed) {
    }

    /** A call; {@code begun} minutes of it are over or under way. */
    private record NaiveCall(String to, long rate, int most, Instant started, int begun, Duration lease,
            Instant leaseUntil) {
    }

    private final String id;
    private final Heaps heaps;
    private final Map<String, OpenHold> holds;
    private final List<Entry> written = new ArrayList<>();
    private Standing standing = Standing.OPEN;
    private BigInteger debt = BigInteger.ZERO;
    private BigInteger purchased = BigInteger.ZERO;
    private BigInteger spent = BigInteger.ZERO;
    private BigInteger earned = BigInteger.ZERO;
    private long version;
    private long granted;
    private long allowanceLeft;
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
        this.heaps = new Heaps();
        this.holds = new TreeMap<>();
    }

    private NaiveWallet(NaiveWallet other) {
        this.id = other.id;
        this.heaps = new Heaps(other.heaps);
        this.holds = new TreeMap<>(other.holds);
        this.standing = other.standing;
        this.debt = other.debt;
        this.purchased = other.purchased;
        this.spent = other.spent;
        this.earned = other.earned;
        this.version = other.version;
        this.granted = other.granted;
        this.allowanceLeft = other.allowanceLeft;
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
            after.carryOut(command, by, last != null && last.isAfter(clock) ? last : clock);
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
            case Command.Look _ -> own || caller.scopes().contains(Scope.READ)
                    || caller.scopes().contains(Scope.ADMIN);
            case Command.EndCall _ -> true;
            case Command.Spend _,Command.Send _,Command.StartCall _,Command.RenewCall _,Command.RequestPayout _,Command.OpenHold _,Command.ExtendHold _,Command.SettleHold _,Command.ReleaseHold _ ->
                own || caller.scopes().contains(Scope.CHARGE);
            case Command.Credit _ -> caller.scopes().contains(Scope.CREDIT);
            case Command.ApprovePayout _,Command.RejectPayout _,Command.Adjust _,Command.Freeze _,Command.Unfreeze _,Command.Close _ ->
                caller.scopes().contains(Scope.ADMIN);
            case Command.ExpireDue _,Command.Purchase _,Command.Reverse _,Command.Forgive _,Command.Recover _,Command.Receive _,Command.TakeBack _ ->
                false;
        };
    }

    private void carryOut(Command command, Authority by, Instant now) {
        switch (command) {
            case Command.Look _ -> {
                return;
            }
            case Command.Credit it -> credit(it, now);
            case Command.Purchase(var bought) -> {
                need(standing != Standing.CLOSED, new Refusal.Closed());
                Memo memo = new Memo("Pack " + bought.packId(), null, bought.id(), bought.payer(), null, null);
                heaps.add(LotSource.PURCHASED, null, bought.tokens());
                write(EntryKind.PURCHASE, bought.tokens(), 0, 0, memo, now);
                if (bought.bonus() > 0) {
                    heaps.add(LotSource.BONUS, null, bought.bonus());
                    write(EntryKind.BONUS, bought.bonus(), 0, 0, memo, now);
                }
            }
            case Command.Spend it -> {
                needFree(it.amount());
                heaps.take(null, it.amount(), null);
                write(EntryKind.SPEND, -it.amount(), 0, 0, it.memo(), now);
            }
            case Command.Send it -> {
                Transfer sent = it.transfer();
                need(!sent.to().equals(id), new Refusal.ToItself());
                if (it.obstacle() != null) {
                    throw new No(it.obstacle());
                }
                needFree(sent.amount());
                heaps.take(null, sent.amount(), null);
                write(entryKind(sent), -sent.amount(), 0, 0, memo(sent, sent.to()), now);
            }
            case Command.Receive it -> {
                Transfer sent = it.transfer();
                need(standing != Standing.CLOSED, new Refusal.Closed());
                heaps.add(sent.kind() == TransferKind.GIFT ? LotSource.GIFT : LotSource.EARNED, null, sent.amount());
                write(entryKind(sent), sent.amount(), 0, 0, memo(sent, sent.from()), now);
            }
            case Command.TakeBack it -> {
                Transfer sent = it.transfer();
                need(standing != Standing.CLOSED, new Refusal.Closed());
                it.lots().forEach(lot -> heaps.add(lot.source(), lot.expiresAt(), lot.amount()));
                write(EntryKind.RETURN, sent.amount(), 0, 0, memo(sent, sent.to()), now);
            }
            case Command.OpenHold it -> open(it, by, now);
            case Command.ExtendHold it -> extend(it, by, now);
            case Command.SettleHold it -> settle(it, by, now);
            case Command.ReleaseHold it -> {
                var _ = hold(it.holdId(), by);
                giveBack(it.holdId(), it.memo(), now);
            }
            case Command.ExpireDue _ -> {
                if (!anythingDue(now)) {
                    return;
                }
                holds.entrySet().stream().filter(hold -> !hold.getValue().expiresAt().isAfter(now))
                        .sorted(Comparator.comparing(hold -> hold.getValue().expiresAt())).toList()
                        .forEach(hold -> {
                            loseWhatRanOut(now);
                            if (hold.getValue().call() == null) {
                                giveBack(hold.getKey(), Memo.of(hold.getValue().purpose()), now);
                            } else {
                                goOn(hold.getKey(), now);
                            }
                        });
            }
            case Command.StartCall it -> start(it, now);
            case Command.RenewCall it -> {
                NaiveCall call = call(it.callId());
                if (Duration.between(now, call.leaseUntil()).compareTo(call.lease().dividedBy(2)) > 0) {
                    return;
                }
                holds.put(it.callId(),
                        new OpenHold(null, dueOf(it.callId()), false, new NaiveCall(call.to(), call.rate(),
                                call.most(), call.started(), call.begun(), call.lease(), now.plus(call.lease())),
                                false, null));
                write(EntryKind.HOLD, 0, 0, 0, memo(it.callId(), call, "The call goes on"), now);
            }
            case Command.EndCall it -> {
                NaiveCall call = call(it.callId());
                need(charges(by) || by.subject().equals(id) || by.subject().equals(call.to()),
                        new Refusal.NotAllowed());
                giveBack(it.callId(), memo(it.callId(), call, "hung_up"), now);
            }
            case Command.RequestPayout it -> {
                needFree(0);
                need(it.amount() >= RulesPropertyTest.TERMS.leastPayout(),
                        new Refusal.PayoutTooSmall(RulesPropertyTest.TERMS.leastPayout()));
                BigInteger young = earned.subtract(BigInteger.valueOf(it.earnedBefore())).max(BigInteger.ZERO);
                long payable = BigInteger.valueOf(heaps.free(LotSource.EARNED)).subtract(young).max(BigInteger.ZERO)
                        .longValueExact();
                need(it.amount() <= payable, new Refusal.NotPayable(payable, it.amount()));
                holds.put(it.payoutId(), new OpenHold("payout", now.plus(RulesPropertyTest.TERMS.payoutReview()), true,
                        null, true, null));
                heaps.put(heaps.take(null, it.amount(), LotSource.EARNED), it.payoutId());
                write(EntryKind.HOLD, 0, it.amount(), 0, Memo.of("payout"), now);
            }
            case Command.ApprovePayout it -> {
                needPayout(it.payoutId());
                needFree(0);
                long tokens = heaps.held(it.payoutId());
                heaps.take(it.payoutId(), tokens, null);
                holds.remove(it.payoutId());
                write(EntryKind.PAYOUT, -tokens, -tokens, 0, Memo.of(it.reference()), now);
            }
            case Command.RejectPayout it -> {
                needPayout(it.payoutId());
                giveBack(it.payoutId(), Memo.of(it.reason()), now);
            }
            case Command.Reverse(var it) -> reverse(it, now);
            case Command.Forgive(var it) -> {
                if (!forgive(it, now)) {
                    return;
                }
            }
            case Command.Recover(var it) -> recover(it, now);
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
                long forfeited = heaps.free();
                need(forfeited == 0 || it.forfeit(), new Refusal.NotEmpty(forfeited));
                heaps.take(null, forfeited, null);
                standing = Standing.CLOSED;
                write(EntryKind.CLOSE, -forfeited, 0, 0, Memo.of(it.reason()), now);
            }
        }
        loseWhatRanOut(now);
        payDebt(now);
    }

    private void reverse(Reversal it, Instant now) {
        int before = written.size();
        Memo memo = new Memo(null, null, it.paymentId(), null, null, null);
        for (Map.Entry<String, OpenHold> hold : List.copyOf(holds.entrySet())) {
            if (it.paymentId().equals(hold.getValue().disputed())) {
                giveBack(hold.getKey(), memo, now);
                loseWhatRanOut(now);
            }
        }
        BigInteger tokens = BigInteger.valueOf(it.refunded()).add(BigInteger.valueOf(it.disputed()));
        need(tokens.compareTo(MOST) <= 0, new Refusal.TooLarge());
        long more = tokens.longValueExact() - it.before().refunded() - it.before().disputed();
        if (more > 0) {
            long refund = Math.min(more, Math.max(0, it.refunded() - it.before().refunded()));
            takeBack(EntryKind.REFUND, refund, memo, now);
            takeBack(EntryKind.DISPUTE, more - refund, memo, now);
        } else if (more < 0) {
            reinstate(it.before().lots(), -more - others(it.before(), -more), memo, now);
        }
        payDebt(now);
        long aside = Math.min(it.frozen(), heaps.free(LotSource.PURCHASED) + heaps.free(LotSource.BONUS));
        if (aside > 0) {
            String id = "dispute-" + it.paymentId() + "-" + it.step();
            holds.put(id, new OpenHold("dispute", now.plus(Duration.ofDays(400)), true, null, false, it.paymentId()));
            long purchased = Math.min(aside, heaps.free(LotSource.PURCHASED));
            heaps.put(heaps.take(null, purchased, LotSource.PURCHASED), id);
            heaps.put(heaps.take(null, aside - purchased, LotSource.BONUS), id);
            write(EntryKind.HOLD, 0, aside, 0, memo, now);
        }
        if (written.size() == before) {
            write(EntryKind.DISPUTE, 0, 0, 0, memo, now);
        }
    }

    private void takeBack(EntryKind kind, long amount, Memo memo, Instant now) {
        if (amount > 0) {
            long taken = Math.min(amount, heaps.free());
            long purchased = Math.min(taken, heaps.free(LotSource.PURCHASED));
            long bonus = Math.min(taken - purchased, heaps.free(LotSource.BONUS));
            heaps.take(null, purchased, LotSource.PURCHASED);
            heaps.take(null, bonus, LotSource.BONUS);
            heaps.take(null, taken - purchased - bonus, null);
            write(kind, -taken, 0, amount - taken, memo, now);
        }
    }

    /** What of a payment's tokens comes back is the wallet's own debt's first, then others' whom it had given them. */
    private long others(TakenBack before, long back) {
        long lots = 0;
        for (Lot lot : before.lots()) {
            lots += lot.amount();
        }
        BigInteger owed = BigInteger.valueOf(before.refunded() + before.disputed() - before.forgiven() - lots)
                .max(BigInteger.ZERO).min(debt);
        return Math.min(before.forgiven(), BigInteger.valueOf(back).subtract(owed).max(BigInteger.ZERO)
                .longValueExact());
    }

    private boolean forgive(Forgiveness it, Instant now) {
        Memo memo = new Memo(null, null, it.paymentId(), null, null, null);
        if (it.tokens() > 0) {
            long less = debt.min(BigInteger.valueOf(it.tokens())).longValueExact();
            if (less > 0) {
                write(EntryKind.REINSTATEMENT, 0, 0, -less, memo, now);
            }
            return less > 0;
        }
        long more = Math.min(-it.tokens(), it.before().forgiven());
        takeBack(EntryKind.DISPUTE, more, memo, now);
        return more > 0;
    }

    private void recover(Recovery it, Instant now) {
        GivenOn gift = it.before().gift();
        int before = written.size();
        String use = "given " + gift.paymentId() + " " + gift.transferId();
        LotSource source = gift.kind() == TransferKind.GIFT ? LotSource.GIFT : LotSource.EARNED;
        EntryKind kind = it.disputed() ? EntryKind.DISPUTE : EntryKind.REFUND;
        Memo memo = new Memo(null, null, gift.paymentId(), gift.from(), null, null);
        for (Map.Entry<String, OpenHold> hold : List.copyOf(holds.entrySet())) {
            if (use.equals(hold.getValue().disputed())) {
                giveBack(hold.getKey(), memo, now);
            }
        }
        long taken = Math.min(heaps.free(source), it.taken() - it.before().taken());
        if (taken > 0) {
            heaps.take(null, taken, source);
            write(kind, -taken, 0, 0, memo, now);
        } else if (taken < 0) {
            heaps.add(source, null, -taken);
            write(EntryKind.REINSTATEMENT, -taken, 0, 0, memo, now);
            if (standing == Standing.CLOSED) {
                heaps.take(null, -taken, null);
                write(EntryKind.CLOSE, taken, 0, 0, memo, now);
            }
        }
        long aside = Math.min(it.aside(), heaps.free(source));
        if (aside > 0 && holds.size() < 1_000) {
            String id = "given-" + gift.transferId() + "-" + it.number();
            holds.put(id, new OpenHold("dispute", now.plus(Duration.ofDays(36_500)), true, null, false, use));
            heaps.put(heaps.take(null, aside, source), id);
            write(EntryKind.HOLD, 0, aside, 0, memo, now);
        }
        if (written.size() == before) {
            write(kind, 0, 0, 0, memo, now);
        }
    }

    private void reinstate(Lots lots, long amount, Memo memo, Instant now) {
        if (amount == 0) {
            return;
        }
        Heaps taken = new Heaps();
        lots.forEach(lot -> taken.add(lot.source(), lot.expiresAt(), lot.amount()));
        long repaid = debt.min(BigInteger.valueOf(amount)).longValueExact();
        long back = amount - repaid;
        long same = Math.min(back, taken.free());
        heaps.put(taken.take(null, same, null), null);
        if (back > same) {
            heaps.add(LotSource.PURCHASED, null, back - same);
        }
        write(EntryKind.REINSTATEMENT, back, 0, -repaid, memo, now);
        if (standing == Standing.CLOSED && back > 0) {
            heaps.take(null, back, null);
            write(EntryKind.CLOSE, -back, 0, 0, memo, now);
        }
    }

    private void start(Command.StartCall start, Instant now) {
        need(!start.to().equals(id), new Refusal.ToItself());
        if (start.obstacle() != null) {
            throw new No(start.obstacle());
        }
        needFree(start.rate());
        need(!holds.containsKey(start.callId()), new Refusal.HoldExists(start.callId()));
        need(BigInteger.valueOf(start.rate()).multiply(BigInteger.valueOf(start.most())).bitLength() < Long.SIZE,
                new Refusal.TooLarge());
        NaiveCall call = new NaiveCall(start.to(), start.rate(), start.most(), now, 0, start.lease(),
                later(now, start.lease()));
        if (!start.firstIsFree()) {
            heaps.take(null, start.rate(), null);
        }
        minute(start.callId(), call, start.firstIsFree() ? 0 : start.rate(), 0, now);
    }

    /** Minute after minute, for as long as one is due. */
    private void goOn(String callId, Instant now) {
        while (isDueCall(callId, now)) {
            NaiveCall call = call(callId);
            long setAside = heaps.held(callId);
            String end = call.begun() == call.most()
                    ? "time_up"
                    : !call.leaseUntil().isAfter(dueOf(callId))
                            ? "lease_ran_out"
                            : setAside < call.rate() ? "cannot_pay" : null;
            if (end != null) {
                giveBack(callId, memo(callId, call, end), now);
            } else {
                heaps.take(callId, setAside, null);
                minute(callId, call, setAside, setAside, now);
            }
        }
    }

    private void minute(String callId, NaiveCall call, long cost, long heldBefore, Instant now) {
        int number = call.begun() + 1;
        boolean another = number < call.most() && standing == Standing.OPEN && debt.signum() == 0
                && heaps.free() >= call.rate();
        if (another) {
            heaps.put(heaps.take(null, call.rate(), null), callId);
        }
        holds.put(callId, new OpenHold(null, call.started().plus(RulesPropertyTest.TERMS.minute().multipliedBy(number)),
                false, new NaiveCall(call.to(), call.rate(), call.most(), call.started(), number, call.lease(),
                        call.leaseUntil()),
                false, null));
        write(cost > 0 ? EntryKind.CALL : EntryKind.HOLD, -cost, (another ? call.rate() : 0) - heldBefore, 0, cost > 0
                ? new Memo("Minute " + number, null, null, call.to(), callId, callId + "." + number)
                : memo(callId, call, "The first minute is free"), now);
    }

    private static Memo memo(String callId, NaiveCall call, String what) {
        return new Memo(what, null, null, call.to(), callId, null);
    }

    private NaiveCall call(String callId) {
        OpenHold hold = holds.get(callId);
        NaiveCall call = hold == null ? null : hold.call();
        if (call == null) {
            throw new No(new Refusal.NoOpenHold(callId));
        }
        return call;
    }

    private Instant dueOf(String holdId) {
        return Objects.requireNonNull(holds.get(holdId)).expiresAt();
    }

    private boolean isDueCall(String callId, Instant now) {
        OpenHold hold = holds.get(callId);
        return hold != null && !hold.expiresAt().isAfter(now);
    }

    private void needPayout(String payoutId) {
        OpenHold hold = holds.get(payoutId);
        need(hold != null && hold.payout(), new Refusal.NoOpenHold(payoutId));
    }

    private static EntryKind entryKind(Transfer sent) {
        return switch (sent.kind()) {
            case TIP -> EntryKind.TIP;
            case GIFT -> EntryKind.GIFT;
            case CALL -> EntryKind.CALL;
        };
    }

    private static Memo memo(Transfer sent, String other) {
        return new Memo(sent.message(), null, null, other, sent.channel(), sent.id());
    }

    private void credit(Command.Credit credit, Instant now) {
        need(standing != Standing.CLOSED, new Refusal.Closed());
        Instant expiresAt = credit.expiresAt();
        if (expiresAt != null) {
            need(!NEVER_EXPIRES.contains(credit.source()), new Refusal.SourceNeverExpires(credit.source()));
            need(now.isBefore(expiresAt), new Refusal.ExpiresInThePast(expiresAt));
        }
        heaps.add(credit.source(), expiresAt, credit.amount());
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
            heaps.add(LotSource.PROMO, null, adjust.amount());
        } else {
            need(adjust.amount() != Long.MIN_VALUE, new Refusal.TooLarge());
            need(heaps.free() >= -adjust.amount(), new Refusal.InsufficientFunds(heaps.free(), -adjust.amount()));
            heaps.take(null, -adjust.amount(), null);
        }
        write(EntryKind.ADJUSTMENT, adjust.amount(), 0, 0, Memo.of(adjust.reason()), now);
    }

    private void open(Command.OpenHold open, Authority by, Instant now) {
        needFree(open.amount());
        need(!holds.containsKey(open.holdId()), new Refusal.HoldExists(open.holdId()));
        need(holds.size() < 1_000, new Refusal.TooManyHolds(1_000));
        holds.put(open.holdId(),
                new OpenHold(open.purpose(), later(now, open.lifetime()), charges(by), null, false, null));
        heaps.put(heaps.take(null, open.amount(), null), open.holdId());
        write(EntryKind.HOLD, 0, open.amount(), 0, Memo.of(open.purpose()), now);
    }

    private void extend(Command.ExtendHold extend, Authority by, Instant now) {
        OpenHold hold = hold(extend.holdId(), by);
        needFree(extend.amount());
        if (extend.lifetime() != null) {
            Instant wanted = later(now, extend.lifetime());
            if (wanted.isAfter(hold.expiresAt())) {
                holds.put(extend.holdId(), new OpenHold(hold.purpose(), wanted, hold.guarded(), null, false, null));
            }
        }
        heaps.put(heaps.take(null, extend.amount(), null), extend.holdId());
        write(EntryKind.HOLD, 0, extend.amount(), 0, Memo.of(hold.purpose()), now);
    }

    private void settle(Command.SettleHold settle, Authority by, Instant now) {
        var _ = hold(settle.holdId(), by);
        long held = heaps.held(settle.holdId());
        long beyond = settle.amount() - held;
        if (beyond > 0) {
            need(settle.allowOverage(), new Refusal.ExceedsHold(held, settle.amount()));
            needFree(beyond);
            heaps.take(null, beyond, null);
        }
        heaps.take(settle.holdId(), Math.min(settle.amount(), held), null);
        heaps.put(heaps.take(settle.holdId(), Math.max(-beyond, 0), null), null);
        holds.remove(settle.holdId());
        write(EntryKind.SPEND, -settle.amount(), -held, 0, settle.memo(), now);
    }

    private void giveBack(String holdId, Memo memo, Instant now) {
        long held = heaps.held(holdId);
        heaps.put(heaps.take(holdId, held, null), null);
        holds.remove(holdId);
        write(EntryKind.RELEASE, 0, -held, 0, memo, now);
    }

    boolean anythingDue(Instant now) {
        return holds.values().stream().anyMatch(hold -> !hold.expiresAt().isAfter(now))
                || heaps.anyRanOut(now);
    }

    /** One entry for each sort of tokens, the first to have run out first. */
    private void loseWhatRanOut(Instant now) {
        for (Heaps.Heap lost = heaps.takeWhatRanOut(now); lost != null; lost = heaps.takeWhatRanOut(now)) {
            write(EntryKind.EXPIRY, -lost.amount(), 0, 0, Memo.of(lost.source().text()), now);
        }
    }

    private void payDebt(Instant now) {
        long paid = debt.min(BigInteger.valueOf(heaps.free())).longValueExact();
        if (paid > 0) {
            heaps.take(null, paid, null);
            write(EntryKind.DEBT_REPAYMENT, -paid, 0, -paid, Memo.NONE, now);
        }
    }

    private static boolean charges(Authority by) {
        return !(by instanceof Authority.Caller caller) || caller.scopes().contains(Scope.CHARGE);
    }

    private OpenHold hold(String holdId, Authority by) {
        OpenHold hold = holds.get(holdId);
        if (hold == null) {
            throw new No(new Refusal.NoOpenHold(holdId));
        }
        need(hold.call() == null && !hold.payout() && hold.disputed() == null, new Refusal.HoldInUse(holdId));
        need(!hold.guarded() || charges(by), new Refusal.HoldGuarded(holdId));
        return hold;
    }

    private void needFree(long amount) {
        need(standing != Standing.FROZEN, new Refusal.Frozen());
        need(standing != Standing.CLOSED, new Refusal.Closed());
        need(debt.signum() == 0, new Refusal.InDebt(debt.longValueExact()));
        need(heaps.free() >= amount, new Refusal.InsufficientFunds(heaps.free(), amount));
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

    private void write(EntryKind kind, long amount, long held, long owed, Memo memo, Instant now) {
        BigInteger balance = heaps.all();
        debt = debt.add(BigInteger.valueOf(owed));
        switch (kind) {
            case PURCHASE -> purchased = purchased.add(BigInteger.valueOf(amount));
            case SPEND, RETURN -> spent = spent.subtract(BigInteger.valueOf(amount));
            case TIP, CALL -> {
                if (amount < 0) {
                    spent = spent.subtract(BigInteger.valueOf(amount));
                } else {
                    earned = earned.add(BigInteger.valueOf(amount));
                }
            }
            case GIFT -> spent = amount < 0 ? spent.subtract(BigInteger.valueOf(amount)) : spent;
            default -> {
            }
        }
        for (BigInteger number : List.of(balance, debt, purchased, spent, earned)) {
            need(number.compareTo(MOST) <= 0, new Refusal.TooLarge());
        }
        long left = heaps.all(LotSource.ALLOWANCE);
        if (kind == EntryKind.SUBSCRIPTION_GRANT) {
            granted = left;
        } else if (left < allowanceLeft && Set.of(EntryKind.EXPIRY, EntryKind.CLOSE).contains(kind)) {
            granted = left == 0 ? 0 : Math.max(left, granted - (allowanceLeft - left));
        }
        allowanceLeft = left;
        version++;
        last = now;
        written.add(new Entry(version, kind, amount, held, owed, balance.longValueExact(), now, memo));
    }

    /** What the wallet looks like now. */
    Snapshot snapshot() {
        List<HeldTokens> held = holds.entrySet().stream()
                .map(hold -> new HeldTokens(hold.getKey(), hold.getValue().purpose(), hold.getValue().expiresAt(),
                        heaps.tokens(hold.getKey())))
                .sorted(Comparator.comparing(HeldTokens::expiresAt)).toList();
        long balance = heaps.all().longValueExact();
        Status status = switch (standing) {
            case FROZEN -> Status.FROZEN;
            case CLOSED -> Status.CLOSED;
            case OPEN -> debt.signum() > 0 ? Status.DEBT : Status.ACTIVE;
        };
        return new Snapshot(version, balance, balance - heaps.free(), debt.longValueExact(), status,
                purchased.longValueExact(), spent.longValueExact(), earned.longValueExact(), heaps.tokens(null), held,
                last, new Allowance(granted, heaps.all(LotSource.ALLOWANCE)));
    }
}
