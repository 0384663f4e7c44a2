package dev.purser.faults;

import java.util.List;

import dev.purser.support.ClientLog;
import dev.purser.support.LawChecker;
import dev.purser.support.Load;
import dev.purser.support.LogChecker;
import dev.purser.support.Pace;
import dev.purser.support.StripeLoad;
import dev.purser.support.TestDatabase;

/**
 * Payments, and what becomes of their money, beside the load that is measured: buyers with wallets of their own, who spend
 * faster than they buy, so that they come to owe what is refunded.
 */
final class Buying implements AutoCloseable {

    private static final int BUYERS = 6;
    private static final int PAYMENTS_PER_SECOND = 2;
    private static final int SPENDS_PER_SECOND = 8;
    private static final int MOST_SPENT = 2_000;

    private final List<String> wallets;
    private final ClientLog log = new ClientLog();
    private final Load spending;
    private final StripeLoad stripe;

    private Buying(String name, Cluster cluster, long seed) {
        this.wallets = Load.wallets(name, BUYERS);
        this.spending = Load.start(log, cluster.clients(), wallets, Pace.arrivals(SPENDS_PER_SECOND), seed, MOST_SPENT);
        this.stripe = StripeLoad.start(name, cluster.clients(), wallets, PAYMENTS_PER_SECOND, seed);
    }

    /** Wallets and payments are called by {@code name}. */
    static Buying start(String name, Cluster cluster, long seed) {
        return new Buying(name, cluster, seed);
    }

    /** Comes back once all is told that there is to tell, and taken. */
    void finish() throws InterruptedException {
        spending.finish();
        stripe.finish();
        System.out.println(stripe.told());
    }

    /** Checks all laws on payments, and what these clients and this Stripe know. */
    void check(TestDatabase tables) {
        LogChecker.check(log, tables, wallets);
        LawChecker.checkMoneyIsFollowed(tables);
        stripe.check(tables);
    }

    @Override
    public void close() {
        spending.close();
        stripe.close();
    }
}
