package dev.purser.payments;

import java.time.Duration;

/**
 * What follows when a payment's money goes back, or may, whose tokens were given on.
 *
 * @param freeze whether what was given on is set aside where it is unspent, and taken when the money is gone for good;
 *            otherwise it is the giver's debt alone
 * @param age how long before that it may have been given
 */
public record GivenOnPolicy(boolean freeze, Duration age) {

    public static final GivenOnPolicy DEBT = new GivenOnPolicy(false, Duration.ofDays(1));
}
