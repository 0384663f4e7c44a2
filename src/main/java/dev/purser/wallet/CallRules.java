package dev.purser.wallet;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Command.EndCall;
import dev.purser.wallet.Command.RenewCall;
import dev.purser.wallet.Command.StartCall;
import dev.purser.wallet.MeteredCall.End;

/**
 * The rules of calls by the minute. Each minute is charged when it begins, of what was set aside for it during the one
 * before; so one that has begun is paid, and whether there will be a next one is known a minute ahead. All of it is in the
 * wallet that pays: a node that takes over later finds which minutes are due, and each is charged once.
 */
final class CallRules {

    private CallRules() {
    }

    static Decision start(Draft draft, StartCall start, Authority by) {
        Wallet wallet = draft.wallet();
        if (start.to().equals(wallet.id())) {
            return Rules.refused(new Refusal.ToItself());
        }
        Refusal refusal = start.obstacle() == null
                ? TransferRules.maySend(draft, start.to(), start.rate(), by)
                : start.obstacle();
        if (refusal != null) {
            return Rules.refused(refusal);
        }
        if (wallet.holds().find(start.callId()) != null) {
            return Rules.refused(new Refusal.HoldExists(start.callId()));
        }
        if (wallet.holds().size() >= Holds.LIMIT) {
            return Rules.refused(new Refusal.TooManyHolds(Holds.LIMIT));
        }
        if (start.rate() > Long.MAX_VALUE / start.most()) {
            // Once it has begun, nothing may keep a minute from being charged, not even that it cannot be counted.
            return Rules.refused(new Refusal.TooLarge());
        }
        MeteredCall call = new MeteredCall(start.to(), start.rate(), start.most(), draft.now(), draft.terms().minute(),
                0, 0, start.lease(), draft.now().plus(start.lease()), null);
        Lots.Split first = wallet.lots().take(start.firstIsFree() ? 0 : start.rate());
        begin(draft, new Hold(start.callId(), null, draft.now(), false, Lots.NONE, call), call, first);
        return draft.done();
    }

    /** What time has brought about: minutes that have begun, and perhaps the end. */
    static void goOn(Draft draft, String callId) {
        Hold hold = draft.wallet().holds().find(callId);
        while (hold != null && hold.use() instanceof MeteredCall call && !hold.expiresAt().isAfter(draft.now())) {
            End end = endBefore(hold, call);
            if (end == null) {
                begin(draft, hold, call, new Lots.Split(hold.lots(), draft.wallet().lots()));
            } else {
                end(draft, hold, call, end);
            }
            hold = draft.wallet().holds().find(callId);
        }
    }

    /** Why the minute that is due does not begin, or null when it does. */
    private static @Nullable End endBefore(Hold hold, MeteredCall call) {
        if (call.begun() >= call.most()) {
            return End.TIME_UP;
        }
        if (!hold.expiresAt().isBefore(call.leaseUntil())) {
            return End.LEASE_RAN_OUT;
        }
        return hold.amount() < call.rate() ? End.CANNOT_PAY : null;
    }

    /** A minute begins: it is charged, and the one after it is set aside, if there is to be one and it can be paid. */
    private static void begin(Draft draft, Hold hold, MeteredCall call, Lots.Split paid) {
        Wallet wallet = draft.wallet();
        long cost = paid.taken().total();
        boolean another = call.goesOnAfterNext() && wallet.status() == Status.ACTIVE
                && paid.left().total() >= call.rate();
        Lots.Split next = paid.left().take(another ? call.rate() : 0);
        MeteredCall after = call.begunOneMore(cost);
        Hold reserved = new Hold(hold.id(), null, after.nextMinute(), false, next.taken(), after);
        long held = reserved.amount() - hold.amount();
        if (cost > 0) {
            Transfer transfer = call.pays(hold.id(), wallet.id(), after.begun());
            draft.write(EntryKind.CALL, -cost, held, 0, transfer.memoFor(call.to()), next.left(),
                    wallet.holds().with(reserved), wallet.standing());
            draft.noteSent(transfer, paid.taken());
        } else {
            draft.write(EntryKind.HOLD, 0, held, 0, call.memo(hold.id(), "The first minute is free"), next.left(),
                    wallet.holds().with(reserved), wallet.standing());
        }
        draft.noteHold(reserved, HoldState.OPEN);
    }

    /** A sign of life. It is written down only if the last one is some time ago, or the ledger would be full of them. */
    static Decision renew(Draft draft, RenewCall renew) {
        Hold hold = draft.wallet().holds().find(renew.callId());
        if (hold == null || !(hold.use() instanceof MeteredCall call)) {
            return Rules.refused(new Refusal.NoOpenHold(renew.callId()));
        }
        Instant halfOver = call.leaseUntil().minus(call.lease().dividedBy(2));
        if (draft.now().isBefore(halfOver)) {
            return new Decision.Unchanged();
        }
        Wallet wallet = draft.wallet();
        Hold renewed = hold.with(call.leasedAt(draft.now()));
        draft.write(EntryKind.HOLD, 0, 0, 0, call.memo(hold.id(), "The call goes on"), wallet.lots(),
                wallet.holds().with(renewed), wallet.standing());
        draft.noteHold(renewed, HoldState.OPEN);
        return draft.done();
    }

    /** Either side may hang up. */
    static Decision end(Draft draft, EndCall end, Authority by) {
        Hold hold = draft.wallet().holds().find(end.callId());
        if (hold == null || !(hold.use() instanceof MeteredCall call)) {
            return Rules.refused(new Refusal.NoOpenHold(end.callId()));
        }
        if (!by.owns(draft.wallet().id()) && !by.owns(call.to()) && !by.mayCharge()) {
            return Rules.refused(new Refusal.NotAllowed());
        }
        end(draft, hold, call, End.HUNG_UP);
        return draft.done();
    }

    private static void end(Draft draft, Hold hold, MeteredCall call, End why) {
        Wallet wallet = draft.wallet();
        draft.write(EntryKind.RELEASE, 0, -hold.amount(), 0, call.memo(hold.id(), why.text()),
                wallet.lots().plus(hold.lots()), wallet.holds().without(hold.id()), wallet.standing());
        draft.noteHold(hold.with(call.ended(why)), HoldState.SETTLED);
    }
}
