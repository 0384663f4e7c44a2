package dev.purser.cluster;

import java.util.List;

import dev.purser.lane.News;
import dev.purser.lane.Watcher;

/**
 * A node asks a lane to be told of wallets.
 *
 * @param nodeId whom to tell
 */
record Watch(String nodeId, List<Watcher.Known> wallets) {

    /** Those of them that the lane cannot vouch for. */
    record Answer(List<String> elsewhere) {
    }

    /** What a node is told. */
    record Told(List<News> news) {
    }
}
