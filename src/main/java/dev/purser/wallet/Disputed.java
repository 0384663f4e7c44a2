package dev.purser.wallet;

/** What is left of a payment that its payer disputes: set aside until it is known who gets the money. */
public record Disputed(String paymentId) implements HoldUse {
}
