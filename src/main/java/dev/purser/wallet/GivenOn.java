package dev.purser.wallet;

/**
 * What a wallet has sent to another, seen as what a payment's tokens have become.
 *
 * @param amount the whole transfer's
 * @param place the number of the sender's entry: the later ones are sought first
 */
public record GivenOn(String paymentId, String transferId, TransferKind kind, String from, String to, long amount,
        long place) {
}
