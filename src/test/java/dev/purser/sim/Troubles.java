package dev.purser.sim;

import java.time.Duration;

/** What befalls a cluster, one thing after the other and often on top of each other, until all is well again. */
final class Troubles {

    private static final int MOST_NODES = 5;
    private static final int FLICKERS = 4;
    private static final int CLOCKS_WRONG_BY_SECONDS = 600;

    private final World world;
    private final Store store;
    private final SimCluster cluster;
    /** The longest time between two. */
    private final long pause;
    private boolean over;

    Troubles(World world, Store store, SimCluster cluster) {
        this.world = world;
        this.store = store;
        this.cluster = cluster;
        this.pause = world.chance(0.5) ? 8 * World.SECOND : 2 * World.SECOND;
    }

    void begin() {
        world.after(world.between(50 * World.MILLI, pause), () -> {
            if (!over) {
                befall();
                begin();
            }
        });
    }

    void end() {
        over = true;
        cluster.heal();
    }

    private void befall() {
        switch (world.below(19)) {
            case 0 -> crash();
            case 1 -> {
                if (cluster.size() < MOST_NODES) {
                    cluster.add();
                }
            }
            case 2 -> cluster.any().stop(world.between(10 * World.MILLI, 5 * World.SECOND));
            case 3 -> cluster.cut(cluster.some(), world.chance(0.3));
            case 4 -> cluster.heal();
            case 5 -> store.down(world.between(10 * World.MILLI, 3 * World.SECOND));
            case 6 -> cluster.setSomeClock(Duration.ofSeconds(
                    world.below(2 * CLOCKS_WRONG_BY_SECONDS) - CLOCKS_WRONG_BY_SECONDS));
            case 7, 15, 16 -> cluster.freeze(cluster.any(), world.between(World.SECOND, 6 * World.SECOND));
            case 8, 9, 17 -> flicker(cluster.any());
            case 10 -> {
                if (cluster.size() > 1) {
                    cluster.leave(cluster.any());
                }
            }
            case 11 -> cluster.any().database().toJournal().slow(awhile());
            case 12 -> cluster.any().database().toDeeds().slow(awhile());
            case 13 -> cluster.any().database().toJournal().hold(awhile());
            case 14 -> cluster.any().database().toDeeds().hold(awhile());
            default -> cluster.shuffle();
        }
    }

    /** One node, and now and then all but one. */
    private void crash() {
        boolean most = world.chance(0.2);
        while (cluster.size() > 1) {
            cluster.crash(cluster.any());
            if (!most) {
                return;
            }
        }
    }

    /** Hazelcast does not know whose wallets they are, and the database takes its time: commits outlast their actors. */
    private void flicker(SimNode node) {
        node.database().toJournal().slow(2 * World.SECOND);
        for (int i = 0; i < FLICKERS; i++) {
            world.after(world.between(0, 2 * World.SECOND),
                    () -> node.flickers(world.between(World.MILLI, 200 * World.MILLI)));
        }
    }

    private long awhile() {
        return world.between(100 * World.MILLI, 4 * World.SECOND);
    }
}
