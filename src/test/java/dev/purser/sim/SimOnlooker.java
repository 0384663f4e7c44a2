package dev.purser.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.purser.lane.News;
import dev.purser.lane.Watcher;

/** Watches all wallets, wherever they live: what it asks and what it is told may be late, be overtaken or get lost. */
final class SimOnlooker implements Watcher {

    private static final long ROUND = 3 * World.SECOND;
    private static final double LOST = 0.1;

    private final World world;
    private final SimCluster cluster;
    private final Store store;
    private final Judge judge;
    private final List<String> wallets = IntStream.range(0, SimClient.WALLETS).mapToObj(i -> "w" + i).toList();
    private final Map<String, Long> seen = new HashMap<>();
    private final Map<String, SimNode> owners = new HashMap<>();

    SimOnlooker(World world, SimCluster cluster, Store store, Judge judge) {
        this.world = world;
        this.cluster = cluster;
        this.store = store;
        this.judge = judge;
    }

    void begin() {
        world.after(world.between(World.MILLI, ROUND), () -> {
            wallets.forEach(this::ask);
            begin();
        });
    }

    private void ask(String wallet) {
        SimNode known = owners.get(wallet);
        SimNode node = known == null || known.isDead() ? cluster.any() : known;
        owners.put(wallet, node);
        Known version = new Known(wallet, seen.getOrDefault(wallet, Known.NOTHING));
        travels(() -> node.watch(this, List.of(version), elsewhere -> travels(() -> {
            if (!elsewhere.isEmpty()) {
                owners.remove(wallet);
            }
        })));
    }

    @Override
    public void tell(List<News> news) {
        List<News> told = new ArrayList<>(news);
        told.forEach(each -> judge.told(each, store));
        travels(() -> told.forEach(each -> seen.merge(each.walletId(), each.version(), Math::max)));
    }

    private void travels(Runnable message) {
        if (!world.chance(LOST)) {
            world.after(world.between(50 * World.MICRO, World.SECOND), message);
        }
    }

    /** Whether it has been shown the last state of every wallet. */
    boolean isUpToDate() {
        return wallets.stream().allMatch(wallet -> seen.getOrDefault(wallet, -1L) == store.lines(wallet).size());
    }
}
