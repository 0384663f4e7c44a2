package dev.purser.bench.load;

/** The names of the benchmark's wallets, which are numbered. */
public final class Wallets {

    /** Who gets all tips. */
    public static final String CREATOR = "star";

    private Wallets() {
    }

    public static String id(int number) {
        return "w" + number;
    }
}
