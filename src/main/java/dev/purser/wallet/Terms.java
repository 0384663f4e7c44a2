package dev.purser.wallet;

import java.time.Duration;

/**
 * What the house has settled for tokens that go from wallet to wallet, and out of the service.
 *
 * @param minute how long a minute of a call lasts
 * @param leastPayout how many tokens a payout takes at least
 * @param payoutReview how long a payout may wait for a decision, before its tokens are given back
 */
public record Terms(TransferLimits limits, EarningRate rate, Duration minute, long leastPayout, Duration payoutReview) {

    /** No limits, a cent for a token. */
    public static final Terms FREE = new Terms(TransferLimits.NONE, new EarningRate(1, 1), Duration.ofMinutes(1), 1,
            Duration.ofDays(30));
}
