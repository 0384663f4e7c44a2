package dev.purser.api;

import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

import dev.purser.cluster.ClusterReport;
import dev.purser.cluster.LaneReport;
import io.vertx.core.Future;

/** The cluster, for an admin to watch. */
final class ClusterOperations {

    private final Supplier<Future<ClusterReport>> cluster;

    ClusterOperations(Supplier<Future<ClusterReport>> cluster) {
        this.cluster = cluster;
    }

    void bind(Map<String, ApiHandler> handlers) {
        handlers.put("getCluster", _ -> cluster.get().map(report -> Answer.Json.ok(out -> {
            out.put("node_id", report.nodeId());
            out.put("homeless_partitions", report.homeless());
            out.put("taken_at", Instant.now());
            out.put("nodes", WalletJson.each(report.nodes(), node -> node(node, report.nodeId())));
        })));
    }

    private static JsonBody node(ClusterReport.Node node, String self) {
        return out -> {
            out.put("node_id", node.id());
            out.put("self", node.id().equals(self));
            out.put("heard", node.heard());
            out.put("partitions", node.partitions());
            out.put("lanes", WalletJson.each(node.lanes(), ClusterOperations::lane));
        };
    }

    private static JsonBody lane(ClusterReport.Lane lane) {
        return out -> {
            out.put("lane", lane.number());
            out.put("partitions", lane.partitions());
            LaneReport report = lane.report();
            if (report != null) {
                out.put("depth", report.depth());
                out.put("wallets", report.wallets());
                out.put("operations", report.operations());
                out.put("batches", report.batches());
            }
        };
    }
}
