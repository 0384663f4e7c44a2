package dev.purser.wallet;

/**
 * Tokens that come with a plan, and are to be used up rather than kept.
 *
 * @param granted how many there were when the last of them were granted, but for those that have expired since then; 0 if there
 *     is none
 * @param left how many of them are not used up; those under a hold are not
 */
public record Allowance(long granted, long left) {

    /** How much of it is used, in the percentages at which its owner wants to know: 80, 90 and 100, and 0 before. */
    public int level() {
        if (granted == 0 || left > granted / 5) {
            return 0;
        }
        if (left > granted / 10) {
            return 80;
        }
        return left > 0 ? 90 : 100;
    }

    /**
     * What counts as granted when some may have expired or been forfeited, which leaves {@code nowLeft}. That was not used:
     * it might as well not have been granted, and if there is no more of it the allowance is over.
     */
    long grantedAfterLoss(long nowLeft) {
        if (nowLeft == left) {
            return granted;
        }
        return nowLeft == 0 ? 0 : Math.max(nowLeft, granted - (left - nowLeft));
    }
}
