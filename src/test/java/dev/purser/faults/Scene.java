package dev.purser.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import dev.purser.support.ClientLog;
import dev.purser.support.NodeProcess;

/**
 * Where a fault strikes.
 *
 * @param wallets that the clients use, and whose calls are in {@code log}
 * @param random what is left to chance
 */
record Scene(Cluster cluster, List<String> wallets, ClientLog log, Random random) {

    /** All nodes that are alive, in any order. */
    List<NodeProcess> shuffled() {
        List<NodeProcess> nodes = new ArrayList<>(cluster.alive());
        Collections.shuffle(nodes, random);
        return nodes;
    }

    NodeProcess anyNode() {
        return shuffled().getFirst();
    }

    /** A number from the first to the second. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }
}
