package dev.purser.payments;

import java.util.Locale;

/** What became of an event, and what its sender is answered. */
enum Fate {
    /** The tokens are in the wallet. */
    CREDITED(200),
    /** Tokens were taken back, set aside or given back, as its money was. */
    REVERSED(200),
    /** How the payment stands is written down. */
    NOTED(200),
    /** There was nothing to do. */
    IGNORED(200),
    /** It is kept for a person to look at. */
    PARKED(200),
    /** It was carried out before. */
    REPEATED(200),
    /** It is not the provider's, or cannot be read. Nothing is kept of it. */
    REFUSED(400),
    /** What it means could not be carried out just now; the provider is to send it again. */
    FAILED(503);

    private final int status;

    Fate(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** As tables, metrics and answers have it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
