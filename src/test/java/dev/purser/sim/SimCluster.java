package dev.purser.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

import dev.purser.cluster.Partitions;

/** The nodes, what Hazelcast shows each of them, and what befalls them. */
final class SimCluster {

    private static final int NODES = 3;
    private static final int MOST_NODES = 5;

    private final World world;
    private final Store store;
    private final SimDatabase.Odds odds;
    private final List<SimNode> alive = new ArrayList<>();
    /** Those on the far side of a cut. */
    private final Set<SimNode> beyond = new HashSet<>();
    private final Map<SimNode, Integer> shown = new HashMap<>();
    private int named;
    private int turn;
    private boolean quiet;

    SimCluster(World world, Store store, SimDatabase.Odds odds) {
        this.world = world;
        this.store = store;
        this.odds = odds;
        for (int i = 0; i < NODES; i++) {
            add();
        }
    }

    /** Any node that lives, as a client's load balancer chooses it. */
    SimNode any() {
        return world.oneOf(alive);
    }

    private void add() {
        alive.add(new SimNode("node" + named++, world, store, odds));
        show();
    }

    private void kill(SimNode node) {
        node.kill();
        alive.remove(node);
        beyond.remove(node);
        show();
    }

    /** Something has changed; each node comes to know of it in its own time. */
    private void show() {
        turn++;
        show(alive.stream().filter(node -> !beyond.contains(node)).toList());
        show(alive.stream().filter(beyond::contains).toList());
    }

    private void show(List<SimNode> side) {
        int now = turn;
        int shift = world.below(Partitions.COUNT);
        Set<String> nodes = new HashSet<>(side.stream().map(SimNode::id).toList());
        List<String> owners = IntStream.range(0, Partitions.COUNT)
                .mapToObj(partition -> side.isEmpty() ? "" : side.get((partition + shift) % side.size()).id()).toList();
        for (SimNode node : side) {
            world.after(world.between(World.MILLI, 2 * World.SECOND), () -> {
                if (now > Objects.requireNonNullElse(shown.get(node), 0)) {
                    shown.put(node, now);
                    node.shows(owners, nodes);
                }
            });
        }
    }

    /** From now on something goes wrong every now and then. */
    void trouble() {
        world.after(world.between(50 * World.MILLI, 8 * World.SECOND), () -> {
            if (!quiet) {
                befall();
                trouble();
            }
        });
    }

    private void befall() {
        switch (world.below(8)) {
            case 0 -> {
                if (alive.size() > 1) {
                    kill(any());
                    world.after(world.between(0, 3 * World.SECOND), this::add);
                }
            }
            case 1 -> {
                if (alive.size() < MOST_NODES) {
                    add();
                }
            }
            case 2 -> any().stop(world.between(10 * World.MILLI, 5 * World.SECOND));
            case 3 -> cut();
            case 4 -> {
                beyond.clear();
                show();
            }
            case 5 -> store.down(world.between(10 * World.MILLI, 3 * World.SECOND));
            case 6 -> any().setClock(Duration.ofSeconds(world.below(1_200) - 600L));
            default -> show();
        }
    }

    private void cut() {
        beyond.clear();
        alive.stream().filter(node -> world.chance(0.5)).forEach(beyond::add);
        show();
    }

    /** Nothing goes wrong any more. */
    void heal() {
        quiet = true;
        beyond.clear();
        show();
    }
}
