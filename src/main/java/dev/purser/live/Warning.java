package dev.purser.live;

import org.jspecify.annotations.Nullable;

import dev.purser.wallet.Allowance;

/**
 * Says that an allowance is near its end.
 *
 * @param granted how large it is: another allowance, another warning
 */
record Warning(int level, long granted) {

    static @Nullable Warning of(@Nullable Allowance allowance) {
        return allowance == null || allowance.level() == 0
                ? null
                : new Warning(allowance.level(), allowance.granted());
    }

    /** Whether it says more than the one before. */
    boolean isWorseThan(@Nullable Warning before) {
        return before == null || level > before.level || granted != before.granted;
    }

    String json() {
        return "{\"type\":\"warning\",\"level\":" + level + "}";
    }
}
