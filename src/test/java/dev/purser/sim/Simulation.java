package dev.purser.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A run: some seconds of trouble, and then the time that it takes until everybody knows what became of his wishes. */
final class Simulation {

    private static final int CLIENTS = 12;
    private static final long TROUBLE = 20 * World.SECOND;
    private static final long PEACE = 120 * World.SECOND;
    /** By then every call has ended, one that began by a message that was late, too. */
    private static final long CALL = SimRouter.CUT + 20 * World.SECOND;
    /** After so long a time nobody counts on writes of an owner before any more. */
    private static final long CALM = 35 * World.SECOND;

    private final World world;
    private final Judge judge = new Judge();
    private final SimCluster cluster;
    private final Troubles troubles;
    private final Store store;
    private final Postman postman;
    private final SimOnlooker onlooker;
    private final List<SimClient> clients = new ArrayList<>();

    Simulation(long seed) {
        this(new World(seed));
    }

    private Simulation(World world) {
        this(world, world.chance(0.2) ? SimDatabase.Odds.NONE : SimDatabase.Odds.BAD);
    }

    private Simulation(World world, SimDatabase.Odds odds) {
        this.world = world;
        store = new Store(world, judge);
        cluster = new SimCluster(world, store, new DeedBook(world), odds);
        troubles = new Troubles(world, store, cluster);
        postman = new Postman(world, cluster, store);
        onlooker = new SimOnlooker(world, cluster, store, judge);
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new SimClient("client" + i, world, cluster, store, judge));
        }
    }

    /** A run in which nothing goes wrong by itself. */
    static Simulation inPeace(long seed) {
        return new Simulation(new World(seed), SimDatabase.Odds.NONE);
    }

    /** Answers how many steps it took. */
    long run() {
        if (world.chance(0.4)) {
            pass(CALM);
        }
        clients.forEach(SimClient::think);
        postman.begin();
        onlooker.begin();
        troubles.begin();
        pass(TROUBLE);
        troubles.end();
        clients.forEach(SimClient::stop);
        passUntil(() -> clients.stream().allMatch(SimClient::isFinished),
                "Somebody was never told what became of his wish");
        // Calls go on by themselves and put in the post what they cost, until they end by their lease.
        pass(CALL);
        // All but those that a clock which was ahead made longer, so both at the same moment.
        passUntil(() -> store.tables().post().isEmpty() && onlooker.isUpToDate(),
                "Something was left in the post, or whoever looks on was not shown the last state");
        postman.stop();
        judge.everythingIsSomewhere();
        judge.moneyIsFollowed(store.money());
        return world.steps();
    }

    private void passUntil(BooleanSupplier condition, String otherwise) {
        long end = world.now() + PEACE;
        while (!condition.getAsBoolean()) {
            world.step();
            if (world.now() > end) {
                throw new AssertionError(otherwise);
            }
        }
    }

    /** Nothing goes wrong but that one node is cut off. Answers which wallets are written in the end. */
    Set<String> servedWhileOneIsCutOff() {
        clients.forEach(SimClient::think);
        pass(5 * World.SECOND);
        cluster.cut(Set.of(cluster.any()), false);
        pass(8 * World.SECOND);
        Map<String, Long> before = judge.known();
        pass(10 * World.SECOND);
        Map<String, Long> after = judge.known();
        return after.keySet().stream().filter(wallet -> !Objects.equals(before.get(wallet), after.get(wallet)))
                .collect(Collectors.toSet());
    }

    private void pass(long nanos) {
        long end = world.now() + nanos;
        while (world.now() < end) {
            world.step();
        }
    }

    /** How often something was taken back, or given back, of what was bought. */
    long reversed() {
        return judge.steps();
    }

    /** How many answers there were that say something. */
    long judged() {
        return judge.judged();
    }
}
