package dev.purser.wallet;

import java.util.Locale;

/**
 * Where tokens came from, in the order in which they are spent when none of them expires: what was given goes before
 * what was paid for, and what was earned goes last.
 */
public enum LotSource {
    ALLOWANCE(EntryKind.SUBSCRIPTION_GRANT, true),
    PROMO(EntryKind.PROMO, true),
    BONUS(EntryKind.BONUS, true),
    GIFT(EntryKind.GIFT, true),
    PURCHASED(EntryKind.PURCHASE, true),
    /** Bought in an app store, whose rules forbid that it expires. */
    STORE(EntryKind.PURCHASE, false),
    EARNED(EntryKind.TIP, false);

    private final EntryKind kind;
    private final boolean mayExpire;
    private final String text = name().toLowerCase(Locale.ROOT);

    LotSource(EntryKind kind, boolean mayExpire) {
        this.kind = kind;
        this.mayExpire = mayExpire;
    }

    /** The kind of the entry that brings in tokens of this source. */
    public EntryKind kind() {
        return kind;
    }

    public boolean mayExpire() {
        return mayExpire;
    }

    /** The source as tables and clients write it. */
    public String text() {
        return text;
    }
}
