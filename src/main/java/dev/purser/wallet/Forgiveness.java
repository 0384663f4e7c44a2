package dev.purser.wallet;

/**
 * A step in letting a wallet off what others, to whom it had given its tokens on, will be taken instead.
 *
 * @param before what is taken back of the payment so far
 * @param tokens how many more it need not bear; fewer, if it is negative
 * @param number the step's, among all that concern what this wallet has given on
 * @param step its number among those of {@link Reversal#step}
 */
public record Forgiveness(String paymentId, TakenBack before, long tokens, int number, int step) {
}
