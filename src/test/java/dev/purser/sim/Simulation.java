package dev.purser.sim;

import java.util.ArrayList;
import java.util.List;

/** A run: some seconds of trouble, and then the time that it takes until everybody knows what became of his wishes. */
final class Simulation {

    private static final int CLIENTS = 12;
    private static final long TROUBLE = 20 * World.SECOND;
    private static final long PEACE = 120 * World.SECOND;
    /** After so long a time nobody counts on writes of an owner before any more. */
    private static final long CALM = 35 * World.SECOND;

    private final World world;
    private final Judge judge = new Judge();
    private final SimCluster cluster;
    private final Troubles troubles;
    private final List<SimClient> clients = new ArrayList<>();

    Simulation(long seed) {
        world = new World(seed);
        Store store = new Store(world, judge);
        SimDatabase.Odds odds = world.chance(0.2)
                ? SimDatabase.Odds.NONE
                : new SimDatabase.Odds(0.002, 0.004, 0.002, 0.002, 0.002, 0.004, 0.000_02);
        cluster = new SimCluster(world, store, new DeedBook(world), odds);
        troubles = new Troubles(world, store, cluster);
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new SimClient("client" + i, world, cluster, store, judge));
        }
    }

    /** Answers how many steps it took. */
    long run() {
        if (world.chance(0.4)) {
            pass(CALM);
        }
        clients.forEach(SimClient::think);
        troubles.begin();
        pass(TROUBLE);
        troubles.end();
        clients.forEach(SimClient::stop);
        long end = world.now() + PEACE;
        while (clients.stream().anyMatch(client -> !client.isFinished())) {
            world.step();
            if (world.now() > end) {
                throw new AssertionError("Somebody was never told what became of his wish");
            }
        }
        return world.steps();
    }

    private void pass(long nanos) {
        long end = world.now() + nanos;
        while (world.now() < end) {
            world.step();
        }
    }

    /** How many answers there were that say something. */
    long judged() {
        return judge.judged();
    }
}
