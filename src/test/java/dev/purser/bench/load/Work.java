package dev.purser.bench.load;

import java.time.Duration;
import java.util.List;

/**
 * One round of load, as it is told to the load process.
 *
 * @param port of the server on loopback
 * @param first the number of the first wallet, of {@code wallets} that are meant by {@code target}
 * @param asBackend whether one backend acts for all wallets, rather than each owner with a token of their own
 * @param callers how many connections there are, each with one request under way at most
 * @param perSecond how many requests begin each second, whether or not the earlier ones were answered; 0: each caller
 *     sends the next one as soon as it is answered
 * @param keyed whether each spend has an Idempotency-Key that was never used
 * @param looks how many balances are read for each spend; -1: nothing is spent at all
 * @param tips whether each spend is a tip
 */
public record Work(int port, Target target, int first, int wallets, boolean asBackend, int callers, int perSecond,
        boolean keyed, int looks, Duration lasting, long seed, boolean tips) {

    /** Not so many as to spend more time on sending than the servers have for answering. */
    static final int THREADS = 2;

    public static Work hot(int callers) {
        return new Work(0, Target.HOT, 0, 1, false, callers, 0, false, 0, Duration.ZERO, 0, false);
    }

    /** The same with another number of connections. */
    public Work with(int connections) {
        return new Work(port, target, first, wallets, asBackend, connections, perSecond, keyed, looks, lasting, seed,
                tips);
    }

    public Work over(Target chosen, int number) {
        return new Work(port, chosen, first, number, asBackend, callers, perSecond, keyed, looks, lasting, seed,
                tips);
    }

    public Work from(int number) {
        return new Work(port, target, number, wallets, asBackend, callers, perSecond, keyed, looks, lasting, seed,
                tips);
    }

    public Work byBackend() {
        return new Work(port, target, first, wallets, true, callers, perSecond, keyed, looks, lasting, seed,
                tips);
    }

    public Work withKeys() {
        return new Work(port, target, first, wallets, asBackend, callers, perSecond, true, looks, lasting, seed,
                tips);
    }

    public Work looking(int looksPerSpend) {
        return new Work(port, target, first, wallets, asBackend, callers, perSecond, keyed, looksPerSpend, lasting,
                seed, tips);
    }

    public Work atRate(int requestsPerSecond) {
        return new Work(port, target, first, wallets, asBackend, callers, requestsPerSecond, keyed, looks, lasting,
                seed,
                tips);
    }

    public Work at(int serverPort, Duration howLong, long withSeed) {
        return new Work(serverPort, target, first, wallets, asBackend, callers, perSecond, keyed, looks, howLong,
                withSeed, tips);
    }

    /** The same, but each spend is a tip to the one creator there is. */
    public Work tipping() {
        return new Work(port, target, first, wallets, asBackend, callers, perSecond, keyed, looks, lasting, seed, true);
    }

    int threads() {
        return Math.min(THREADS, callers);
    }

    /** As one line. */
    String written() {
        return String.join(" ", List.of(String.valueOf(port), target.name(), String.valueOf(first),
                String.valueOf(wallets), String.valueOf(asBackend), String.valueOf(callers),
                String.valueOf(perSecond), String.valueOf(keyed), String.valueOf(looks),
                String.valueOf(lasting.toMillis()), String.valueOf(seed), String.valueOf(tips)));
    }

    static Work read(String line) {
        String[] part = line.split(" ", -1);
        return new Work(Integer.parseInt(part[0]), Target.valueOf(part[1]), Integer.parseInt(part[2]),
                Integer.parseInt(part[3]), Boolean.parseBoolean(part[4]), Integer.parseInt(part[5]),
                Integer.parseInt(part[6]), Boolean.parseBoolean(part[7]), Integer.parseInt(part[8]),
                Duration.ofMillis(Long.parseLong(part[9])), Long.parseLong(part[10]),
                Boolean.parseBoolean(part[11]));
    }
}
