package dev.purser.wallet;

/**
 * What a transfer was worth to the creator who earned it.
 *
 * @param earned how many tokens the wallet has earned altogether, with these
 */
public record Earning(long cents, long earned) {
}
