package dev.purser.wallet;

import java.util.Arrays;
import java.util.Optional;

/** What a caller may do to wallets that are not its own, and what nobody may do without leave. */
public enum Scope {
    READ("wallets:read"),
    CHARGE("wallets:charge"),
    CREDIT("wallets:credit"),
    ADMIN("admin");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /** The scope as a token's {@code scope} claim writes it. */
    public String text() {
        return text;
    }

    public static Optional<Scope> parse(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
    }
}
