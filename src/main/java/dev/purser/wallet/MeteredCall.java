package dev.purser.wallet;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A call that is paid by the minute. Its hold sets aside what the next minute costs, and runs out when that begins.
 *
 * @param to the creator who is called
 * @param rate what a minute costs
 * @param most how many minutes it may last
 * @param begun how many have begun, of which the first may have been free
 * @param charged what they cost together
 * @param lease how long it goes on without a sign of life from who pays, and {@code leaseUntil} until when as of now
 * @param end why it is over; null while it is not
 */
public record MeteredCall(String to, long rate, int most, Instant startedAt, Duration minute, int begun, long charged,
        Duration lease, Instant leaseUntil, @Nullable End end) implements HoldUse {

    /** Why a call is over. */
    public enum End {
        HUNG_UP,
        /** The next minute could not be paid: there are too few tokens, or none may go out. */
        CANNOT_PAY,
        /** There was no sign of life. */
        LEASE_RAN_OUT,
        /** It has lasted as long as it may. */
        TIME_UP;

        /** The reason as clients see it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** When the next minute begins. */
    Instant nextMinute() {
        return startedAt.plus(minute.multipliedBy(begun));
    }

    /** Whether there is a minute after the one that begins next. */
    boolean goesOnAfterNext() {
        return begun + 1 < most;
    }

    MeteredCall begunOneMore(long cost) {
        return new MeteredCall(to, rate, most, startedAt, minute, begun + 1, Math.addExact(charged, cost), lease,
                leaseUntil, end);
    }

    MeteredCall leasedAt(Instant now) {
        return new MeteredCall(to, rate, most, startedAt, minute, begun, charged, lease, now.plus(lease), end);
    }

    MeteredCall ended(End why) {
        return new MeteredCall(to, rate, most, startedAt, minute, begun, charged, lease, leaseUntil, why);
    }

    /** The transfer that pays for a minute. Each has an id of its own, so that it arrives once. */
    Transfer pays(String callId, String payer, int number) {
        return new Transfer(callId + "." + number, TransferKind.CALL, payer, to, rate, callId, "Minute " + number);
    }

    /** What is noted on an entry that moves no tokens to the creator. */
    Memo memo(String callId, String what) {
        return new Memo(what, null, null, to, callId, null);
    }
}
