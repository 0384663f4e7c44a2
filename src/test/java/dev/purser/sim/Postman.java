package dev.purser.sim;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Fact;
import dev.purser.wallet.Transfer;

/** Brings what is in the post, to whichever node, too early, too often, or again; and tells wallets what is due. */
final class Postman {

    private static final long ROUND = World.SECOND;

    private final World world;
    private final SimCluster cluster;
    private final Store store;
    private int operations;
    private boolean stopped;

    Postman(World world, SimCluster cluster, Store store) {
        this.world = world;
        this.cluster = cluster;
        this.store = store;
    }

    void begin() {
        world.after(world.between(World.MILLI, ROUND), () -> {
            if (!stopped) {
                round();
                begin();
            }
        });
    }

    private void round() {
        List<Fact.Sent> post = store.tables().post();
        post.stream().filter(sent -> world.chance(0.7)).forEach(sent -> bring(sent.transfer()));
        if (!post.isEmpty() && world.chance(0.5)) {
            bring(world.oneOf(post).transfer());
        }
        for (int i = 0; i < SimClient.WALLETS; i++) {
            cluster.any().receive(operation("w" + i, null, new Command.ExpireDue()), outcome -> {
            });
        }
    }

    private void bring(Transfer transfer) {
        world.after(world.between(World.MICRO, ROUND), () -> cluster.any().receive(
                operation(transfer.to(), OpKey.ofTransfer(transfer), new Command.Receive(transfer)), outcome -> {
                }));
    }

    private Operation operation(String wallet, @Nullable OpKey key, Command command) {
        return new Operation("post-" + operations++, wallet, key, new Authority.House(), command);
    }

    void stop() {
        stopped = true;
    }
}
