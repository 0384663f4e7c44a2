package dev.purser.cluster;

import java.util.List;

import dev.purser.lane.LaneView;

/** How a node is, as it says itself: its lanes, by their numbers. */
record NodeReport(List<LaneReport> lanes) {

    static NodeReport of(List<? extends LaneView> lanes) {
        return new NodeReport(lanes.stream().map(lane -> new LaneReport(lane.depth(), lane.wallets(),
                lane.operations(), lane.batches())).toList());
    }
}
