package dev.purser.wallet;

/**
 * A step in setting aside, taking or giving back what was given on, where it went.
 *
 * @param number the step's, among all that concern what the giver has given on
 * @param aside how many tokens are to be set aside after it, and {@code taken} to be taken
 * @param disputed whether it is for a dispute rather than a refund
 * @param step what the number of the payment's next step was when it was decided on, see {@link Reversal#step}
 */
public record Recovery(Recovered before, int number, long aside, long taken, boolean disputed, int step) {

    public Recovery {
        if (aside < 0 || taken < 0) {
            throw new IllegalArgumentException("Expected nothing negative, but got %d and %d".formatted(aside, taken));
        }
    }
}
