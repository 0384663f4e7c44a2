package dev.purser.sandbox;

import java.util.List;
import java.util.Locale;

import dev.purser.wallet.Scope;

/** Someone to try things out as. */
public enum DemoUser {
    /** Has tokens to begin with. */
    ALICE(1_000),
    BOB(0),
    /** May be tipped. */
    CAROL(0),
    /** A service that acts for users. */
    BACKEND(0),
    /** May do everything. */
    ADMIN(0);

    private final long welcome;
    private final String id = name().toLowerCase(Locale.ROOT);

    DemoUser(long welcome) {
        this.welcome = welcome;
    }

    /** The {@code sub} of its token, and so the id of its wallet. */
    public String id() {
        return id;
    }

    public List<Scope> scopes() {
        return switch (this) {
            case ALICE, BOB, CAROL -> List.of();
            case BACKEND -> List.of(Scope.READ, Scope.CHARGE, Scope.CREDIT);
            case ADMIN -> List.of(Scope.values());
        };
    }

    /** How many tokens it is given, once. */
    long welcome() {
        return welcome;
    }

    boolean isCreator() {
        return this == CAROL;
    }
}
