package dev.purser.wallet;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** What a carried-out command is answered with: the wallet's numbers after it, what it wrote, the hold it was about. */
public record Receipt(long version, long balance, long held, long debt, Status status, List<Entry> entries,
        Fact.@Nullable HoldChanged hold) {

    public long available() {
        return balance - held;
    }
}
