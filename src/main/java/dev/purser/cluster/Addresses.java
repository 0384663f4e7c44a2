package dev.purser.cluster;

/** The event bus addresses of lanes: a handful a node, whatever the number of wallets. */
final class Addresses {

    private Addresses() {
    }

    /** @param nodeId the member's {@code __vertx.nodeId}, never its Hazelcast UUID */
    static String of(String nodeId, int lane) {
        return "wallets." + nodeId + "." + lane;
    }

    /** Where a node says how it is. */
    static String of(String nodeId) {
        return "nodes." + nodeId;
    }
}
