package dev.purser.wallet;

import java.util.Locale;

/** A wallet's condition as others see it: its standing, and for an open one whether it owes. */
public enum Status {
    ACTIVE,
    DEBT,
    FROZEN,
    CLOSED;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
