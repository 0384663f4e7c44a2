package dev.purser.sim;

import java.util.ArrayList;
import java.util.List;

/** A run: some seconds of trouble, and then the time that it takes until everybody knows what became of his wishes. */
final class Simulation {

    private static final int CLIENTS = 12;
    private static final long TROUBLE = 20 * World.SECOND;
    private static final long PEACE = 120 * World.SECOND;

    private final World world;
    private final Judge judge = new Judge();
    private final SimCluster cluster;
    private final List<SimClient> clients = new ArrayList<>();

    Simulation(long seed) {
        world = new World(seed);
        Store store = new Store(world, judge);
        SimDatabase.Odds odds = world.chance(0.2)
                ? SimDatabase.Odds.NONE
                : new SimDatabase.Odds(0.002, 0.004, 0.002, 0.002, 0.002, 0.004);
        cluster = new SimCluster(world, store, odds);
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new SimClient("client" + i, world, cluster, store, judge));
        }
    }

    /** Answers how many steps it took. */
    long run() {
        clients.forEach(SimClient::think);
        cluster.trouble();
        long begun = world.now();
        while (world.now() - begun < TROUBLE) {
            world.step();
        }
        cluster.heal();
        clients.forEach(SimClient::stop);
        while (clients.stream().anyMatch(client -> !client.isFinished())) {
            world.step();
            if (world.now() - begun > TROUBLE + PEACE) {
                throw new AssertionError("Somebody was never told what became of his wish");
            }
        }
        return world.steps();
    }

    /** How many answers there were that say something. */
    long judged() {
        return judge.judged();
    }
}
