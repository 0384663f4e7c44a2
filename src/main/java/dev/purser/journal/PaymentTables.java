package dev.purser.journal;

/**
 * The tables of what is paid for: what providers have told, what was begun here, what went back, what was given on
 * before that, and what is paid out.
 */
public record PaymentTables(WebhookEvents events, Purchases purchases, Reversals reversals, GivenOnTable givenOn,
        PayoutTransfers payouts) {

    public static PaymentTables of(Reads reads) {
        return new PaymentTables(new WebhookEvents(reads), new Purchases(reads), new Reversals(reads),
                new GivenOnTable(reads), new PayoutTransfers(reads));
    }
}
