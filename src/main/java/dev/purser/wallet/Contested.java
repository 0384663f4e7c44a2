package dev.purser.wallet;

/** What was given on by somebody whose payment went back, or may: set aside until it is known who bears that. */
public record Contested(String paymentId, String transferId) implements HoldUse {
}
