package dev.purser.bench.batches;

/** What a batch is made of. */
public enum Shape {
    /** Spends of one wallet. */
    ONE_WALLET("spends of one wallet"),
    /** Spends of one wallet, each with a key of its own. */
    KEYED("spends of one wallet with keys"),
    /** Spends of wallets of their own. */
    MANY_WALLETS("spends of 100,000 wallets"),
    /** Tips to one creator by fans of their own, and the creator's part of those of the batch before. */
    TIPS("tips to one creator");

    private final String title;

    Shape(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
