package dev.purser.wallet;

import java.util.Locale;

/** What tokens are sent for. */
public enum TransferKind {
    TIP(EntryKind.TIP, LotSource.EARNED),
    GIFT(EntryKind.GIFT, LotSource.GIFT),
    CALL(EntryKind.CALL, LotSource.EARNED);

    private final EntryKind entry;
    private final LotSource source;
    private final String text = name().toLowerCase(Locale.ROOT);

    TransferKind(EntryKind entry, LotSource source) {
        this.entry = entry;
        this.source = source;
    }

    /** The kind of the entries, on both sides. */
    public EntryKind entry() {
        return entry;
    }

    /** What the tokens are once they have arrived. */
    public LotSource source() {
        return source;
    }

    /** Whether it is for what somebody does, and so only for a creator. */
    public boolean isEarned() {
        return source == LotSource.EARNED;
    }

    /** The kind as tables and clients write it. */
    public String text() {
        return text;
    }
}
