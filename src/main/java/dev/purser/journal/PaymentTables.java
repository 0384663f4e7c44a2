package dev.purser.journal;

/**
 * The tables of what is paid for: what providers have told, what was begun here, what went back, and what was given on
 * before that.
 */
public record PaymentTables(WebhookEvents events, Purchases purchases, Reversals reversals, GivenOnTable givenOn) {

    public static PaymentTables of(Reads reads) {
        return new PaymentTables(new WebhookEvents(reads), new Purchases(reads), new Reversals(reads),
                new GivenOnTable(reads));
    }
}
