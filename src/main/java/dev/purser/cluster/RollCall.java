package dev.purser.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.purser.cluster.View.Owner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;

/** Asks each node how it is, for people to look at. One that does not say so in time is shown all the same, as not heard. */
final class RollCall {

    private static final String CODEC = WireCodec.nameFor(NodeReport.class);
    private static final long PATIENCE_MILLIS = 1_000;

    private final Vertx vertx;
    private final String nodeId;
    private final Territory territory;
    private final LocalLanes lanes;

    RollCall(Vertx vertx, String nodeId, Territory territory, LocalLanes lanes) {
        this.vertx = vertx;
        this.nodeId = nodeId;
        this.territory = territory;
        this.lanes = lanes;
    }

    /** From now on this node answers when it is asked. */
    Future<Void> listen() {
        DeliveryOptions reply = new DeliveryOptions().setCodecName(CODEC);
        return Registration.of(vertx, Addresses.of(nodeId), asked -> asked.reply(own(), reply)).mapEmpty();
    }

    private NodeReport own() {
        return NodeReport.of(lanes.views());
    }

    /** Completes within about a second, and never fails. */
    Future<ClusterReport> call() {
        Map<Owner, Integer> owners = territory.partitions(nodeId);
        List<Future<ClusterReport.Node>> answers = territory.members().stream().sorted()
                .map(member -> ask(member).map(said -> node(member, said, owners))).toList();
        int owned = owners.values().stream().mapToInt(Integer::intValue).sum();
        return Future.all(answers).map(all -> new ClusterReport(nodeId, Partitions.COUNT - owned, all.list()));
    }

    private Future<Optional<NodeReport>> ask(String member) {
        return member.equals(nodeId)
                ? Future.succeededFuture(Optional.of(own()))
                : vertx.eventBus().<NodeReport>request(Addresses.of(member), null,
                        new DeliveryOptions().setSendTimeout(PATIENCE_MILLIS))
                        .map(reply -> Optional.of(reply.body())).otherwise(Optional.empty());
    }

    /** What it owns is known here, even of one that says nothing. */
    private static ClusterReport.Node node(String member, Optional<NodeReport> said, Map<Owner, Integer> owners) {
        int known = owners.keySet().stream().filter(owner -> owner.nodeId().equals(member)).mapToInt(Owner::lane).max()
                .orElse(-1) + 1;
        List<LaneReport> reports = said.map(NodeReport::lanes).orElse(List.of());
        List<ClusterReport.Lane> shown = new ArrayList<>();
        IntStream.range(0, Math.max(known, reports.size())).forEach(lane -> shown.add(new ClusterReport.Lane(lane,
                owners.getOrDefault(new Owner(member, lane), 0),
                lane < reports.size() ? reports.get(lane) : null)));
        return new ClusterReport.Node(member, said.isPresent(), shown);
    }
}
