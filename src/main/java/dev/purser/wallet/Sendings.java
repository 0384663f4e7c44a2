package dev.purser.wallet;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a wallet has sent in the day and in the minute of its last transfer, for the limits. All but {@code last} follows from
 * the ledger, and is read from there together with the wallet: each entry that sends names the one before, so there is a way
 * from the last one back to the first of the day.
 *
 * @param day the day, counted from 1970 in UTC, and {@code minute} likewise
 * @param to what was sent that day, by recipient
 * @param last the number of the last entry that has sent, 0 when there is none
 */
public record Sendings(long day, long minute, Map<String, ToOne> to, long last) {

    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();
    private static final long MINUTE_SECONDS = Duration.ofMinutes(1).toSeconds();

    public static final Sendings NONE = new Sendings(0, 0, Map.of(), 0);

    public Sendings {
        to = Map.copyOf(to);
    }

    /**
     * What was sent to one recipient.
     *
     * @param tokens in the day
     * @param count how often, in the minute
     */
    public record ToOne(long tokens, int count) {

        private static final ToOne NOTHING = new ToOne(0, 0);
    }

    /** The day of a time, as these count it. */
    public static long dayOf(Instant time) {
        return time.getEpochSecond() / DAY_SECONDS;
    }

    /** The minute of a time, as these count it. */
    public static long minuteOf(Instant time) {
        return time.getEpochSecond() / MINUTE_SECONDS;
    }

    /** @param seq the number of the entry that has sent it */
    Sendings plus(Transfer transfer, long seq, Instant now) {
        Sendings current = at(now);
        ToOne before = current.to(transfer.to());
        Map<String, ToOne> all = new HashMap<>(current.to);
        all.put(transfer.to(), new ToOne(sum(before.tokens, transfer.amount()), before.count + 1));
        return new Sendings(current.day, current.minute, all, seq);
    }

    /** What of these counts at {@code now}. A clock that is behind changes nothing. */
    private Sendings at(Instant now) {
        if (dayOf(now) > day) {
            return new Sendings(dayOf(now), minuteOf(now), Map.of(), last);
        }
        if (minuteOf(now) <= minute) {
            return this;
        }
        Map<String, ToOne> rested = new HashMap<>();
        to.forEach((recipient, sent) -> rested.put(recipient, new ToOne(sent.tokens, 0)));
        return new Sendings(day, minuteOf(now), rested, last);
    }

    private ToOne to(String recipient) {
        return to.getOrDefault(recipient, ToOne.NOTHING);
    }

    /** Why no {@code amount} may be sent to {@code recipient} just now, or null when it may. */
    @Nullable
    Refusal refusal(TransferLimits limits, String recipient, long amount, Instant now) {
        if (amount > limits.largest()) {
            return new Refusal.TransferTooLarge(limits.largest());
        }
        Sendings current = at(now);
        ToOne toOne = current.to(recipient);
        Instant nextMinute = Instant.ofEpochSecond((current.minute + 1) * MINUTE_SECONDS);
        Instant nextDay = Instant.ofEpochSecond((current.day + 1) * DAY_SECONDS);
        if (toOne.count >= limits.perMinuteToOne()) {
            return new Refusal.TooManyTransfers(limits.perMinuteToOne(), nextMinute);
        }
        int thisMinute = 0;
        long today = 0;
        for (ToOne each : current.to.values()) {
            thisMinute += each.count;
            today = sum(today, each.tokens);
        }
        if (thisMinute >= limits.perMinute()) {
            return new Refusal.TooManyTransfers(limits.perMinute(), nextMinute);
        }
        if (exceeds(limits.perDayToOne(), toOne.tokens, amount)) {
            return new Refusal.SentEnoughToday(limits.perDayToOne(), toOne.tokens, nextDay);
        }
        return exceeds(limits.perDay(), today, amount)
                ? new Refusal.SentEnoughToday(limits.perDay(), today, nextDay)
                : null;
    }

    private static boolean exceeds(long limit, long sent, long amount) {
        return limit < Long.MAX_VALUE && amount > limit - sent;
    }

    /** The most that there can be counts for more: what comes back may be sent again, any number of times. */
    private static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }
}
