package dev.purser.wallet;

/**
 * How much an owner may send; the largest number there is stands for no limit. Days and minutes are those of UTC.
 *
 * @param largest how many tokens at once
 * @param perMinute how many transfers in a minute, {@code perMinuteToOne} of them to one and the same
 * @param perDay how many tokens in a day, {@code perDayToOne} of them to one and the same
 */
public record TransferLimits(long largest, int perMinute, int perMinuteToOne, long perDay, long perDayToOne) {

    public static final TransferLimits NONE = new TransferLimits(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE,
            Long.MAX_VALUE, Long.MAX_VALUE);
}
