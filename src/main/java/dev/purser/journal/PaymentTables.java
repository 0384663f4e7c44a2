package dev.purser.journal;

/** The tables of what is paid for: what providers have told, what was begun here, and what went back. */
public record PaymentTables(WebhookEvents events, Purchases purchases, Reversals reversals) {

    public static PaymentTables of(Reads reads) {
        return new PaymentTables(new WebhookEvents(reads), new Purchases(reads), new Reversals(reads));
    }
}
