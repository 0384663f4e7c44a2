package dev.purser.wallet;

/** What the house has decided about a wallet; whether it is in debt is a matter of numbers, not of standing. */
public enum Standing {
    OPEN,
    FROZEN,
    CLOSED
}
