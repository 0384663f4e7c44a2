package dev.purser.wallet;

import java.util.Locale;

/** What has become of a hold. All but the first are final. */
public enum HoldState {
    OPEN,
    SETTLED,
    RELEASED,
    EXPIRED;

    /** The state as tables and clients write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
