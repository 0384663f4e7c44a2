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

/** The nodes, and what Hazelcast shows each of them. {@link Troubles} says what befalls them. */
final class SimCluster {

    private static final int NODES = 3;

    private final World world;
    private final Store store;
    private final DeedBook book;
    private final SimDatabase.Odds odds;
    private final List<SimNode> alive = new ArrayList<>();
    /** Those on the far side of a cut. In one that cuts one way only they see the near side still. */
    private final Set<SimNode> beyond = new HashSet<>();
    private boolean oneWay;
    /** Those that the others take for dead. */
    private final Set<SimNode> missed = new HashSet<>();
    private final Set<SimNode> leaving = new HashSet<>();
    private final Map<SimNode, Integer> shown = new HashMap<>();
    private int named;
    private int turn;
    private int shift;

    SimCluster(World world, Store store, DeedBook book, SimDatabase.Odds odds) {
        this.world = world;
        this.store = store;
        this.book = book;
        this.odds = odds;
        for (int i = 0; i < NODES; i++) {
            add();
        }
    }

    /** Any node that lives, as a client's load balancer chooses it. */
    SimNode any() {
        return world.oneOf(alive);
    }

    int size() {
        return alive.size();
    }

    void add() {
        alive.add(new SimNode("node" + named++, world, store, book, odds));
        show();
    }

    /** It dies, and one that takes its place comes some time later. */
    void crash(SimNode node) {
        node.kill();
        gone(node);
        world.after(world.between(0, 3 * World.SECOND), this::add);
    }

    private void gone(SimNode node) {
        alive.remove(node);
        beyond.remove(node);
        missed.remove(node);
        leaving.remove(node);
        if (alive.isEmpty()) {
            add();
        }
        show();
    }

    /** It ends in order, and one that takes its place comes some time later. */
    void leave(SimNode node) {
        if (leaving.add(node)) {
            show();
            world.after(world.between(World.MILLI, 3 * World.SECOND), () -> node.leave(() -> gone(node)));
            world.after(world.between(World.MILLI, 5 * World.SECOND), this::add);
        }
    }

    /** It stops for so long that the others take it for dead, and then it goes on. */
    void freeze(SimNode node, long nanos) {
        node.stop(nanos);
        world.after(world.between(nanos / 8, nanos), () -> {
            missed.add(node);
            show();
        });
        world.after(nanos + World.SECOND, () -> {
            missed.remove(node);
            show();
        });
    }

    void cut(Set<SimNode> far, boolean oneWayOnly) {
        beyond.clear();
        beyond.addAll(far);
        oneWay = oneWayOnly;
        show();
    }

    Set<SimNode> some() {
        Set<SimNode> some = new HashSet<>();
        alive.stream().filter(node -> world.chance(0.5)).forEach(some::add);
        return some;
    }

    /** Hazelcast gives everybody other partitions. */
    void shuffle() {
        shift = world.below(Partitions.COUNT);
        show();
    }

    void heal() {
        missed.clear();
        cut(Set.of(), false);
    }

    /** Something has changed; each node comes to know of it in its own time. */
    private void show() {
        turn++;
        int now = turn;
        for (SimNode node : alive) {
            List<SimNode> side = alive.stream().filter(other -> sees(node, other)).toList();
            List<String> owners = owners(side.stream().filter(other -> !leaving.contains(other)).toList());
            Set<String> nodes = new HashSet<>(side.stream().map(SimNode::id).toList());
            world.after(world.between(World.MILLI, 2 * World.SECOND), () -> {
                if (now > Objects.requireNonNullElse(shown.get(node), 0)) {
                    shown.put(node, now);
                    node.shows(owners, nodes);
                }
            });
        }
    }

    private boolean sees(SimNode node, SimNode other) {
        boolean notCut = beyond.contains(node) == beyond.contains(other) || (oneWay && beyond.contains(node));
        return node.equals(other) || (notCut && !missed.contains(other));
    }

    private List<String> owners(List<SimNode> side) {
        return IntStream.range(0, Partitions.COUNT)
                .mapToObj(partition -> side.isEmpty() ? "" : side.get((partition + shift) % side.size()).id()).toList();
    }

    /** One of the clocks on the wall is set wrong, or right. */
    void setSomeClock(Duration wrongBy) {
        if (world.chance(0.2)) {
            book.setClock(wrongBy.toNanos());
        } else {
            any().clock().set(wrongBy);
        }
    }
}
