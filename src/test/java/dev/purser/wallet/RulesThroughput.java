package dev.purser.wallet;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/**
 * Measures how many spends a second the rules decide on one core. Run by hand with the test classes on the class path;
 * a figure is no pass or fail, so it is not a test.
 */
final class RulesThroughput {

    private static final int ROUNDS = 11;
    private static final int SPENDS = 5_000_000;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Authority OWNER = new Authority.Caller("ada", Set.of());

    private RulesThroughput() {
    }

    public static void main(String[] args) {
        for (int lots : new int[]{1, 8, 100}) {
            Wallet wallet = withLots(lots);
            double[] perSecond = new double[ROUNDS];
            for (int round = -3; round < ROUNDS; round++) {
                double figure = round(wallet);
                if (round >= 0) {
                    perSecond[round] = figure;
                }
            }
            Arrays.sort(perSecond);
            System.out.printf("%3d lots: %,12.0f spends/s (median of %d rounds; least %,.0f, most %,.0f)%n", lots,
                    perSecond[ROUNDS / 2], ROUNDS, perSecond[0], perSecond[ROUNDS - 1]);
        }
    }

    private static double round(Wallet start) {
        Wallet wallet = start;
        Command spend = new Command.Spend(1, Memo.NONE);
        long begun = System.nanoTime();
        for (int i = 0; i < SPENDS; i++) {
            if (!(Rules.decide(wallet, spend, OWNER, NOW) instanceof Decision.Accepted accepted)) {
                throw new IllegalStateException("Expected every spend to be accepted, but number " + i + " was not");
            }
            wallet = accepted.after();
        }
        return SPENDS / ((System.nanoTime() - begun) / 1e9);
    }

    /** One with plenty of purchased tokens, and bonus lots that expire later and later. */
    private static Wallet withLots(int lots) {
        Lots all = Lots.NONE.plus(new Lot(LotSource.PURCHASED, null, 1L << 40));
        for (int i = 1; i < lots; i++) {
            all = all.plus(new Lot(LotSource.BONUS, NOW.plusSeconds(i), 1L << 30));
        }
        return new Wallet("ada", 1, all.total(), 0, 0, Standing.OPEN, Totals.NONE, all, Holds.NONE, NOW);
    }
}
