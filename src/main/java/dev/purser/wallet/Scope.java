package dev.purser.wallet;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

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

    /** Whether someone with {@code scopes} has this one: by name, or because an admin may look at every wallet. */
    boolean isGrantedBy(Set<Scope> scopes) {
        return scopes.contains(this) || (this == READ && scopes.contains(ADMIN));
    }

    public static Optional<Scope> parse(String text) {
        return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
    }
}
