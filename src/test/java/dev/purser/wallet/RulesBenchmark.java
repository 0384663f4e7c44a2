package dev.purser.wallet;

import java.time.Instant;
import java.util.Set;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How many spends a second the rules decide on one core, each on the wallet that the one before left. */
@State(Scope.Thread)
public class RulesBenchmark {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Authority OWNER = new Authority.Caller("ada", Set.of());
    private static final Command SPEND = new Command.Spend(1, Memo.NONE);

    /** How many lots the wallet has: purchased tokens, and bonus lots that expire later and later. */
    @Param({"1", "8", "100"})
    public int lots;

    private Wallet wallet = Wallet.empty("ada");

    @Setup
    public void fill() {
        Lots all = Lots.NONE.plus(new Lot(LotSource.PURCHASED, null, 1L << 50));
        for (int i = 1; i < lots; i++) {
            all = all.plus(new Lot(LotSource.BONUS, NOW.plusSeconds(i), 1L << 40));
        }
        wallet = new Wallet("ada", 1, all.total(), 0, 0, Standing.OPEN, Totals.NONE, all, Holds.NONE, Sendings.NONE,
                NOW, 0);
    }

    @Benchmark
    public Wallet spend() {
        if (!(Rules.decide(wallet, SPEND, OWNER, NOW, Terms.FREE) instanceof Decision.Accepted accepted)) {
            throw new IllegalStateException("Expected every spend to be accepted");
        }
        wallet = accepted.after();
        return wallet;
    }
}
