package dev.purser.cluster;

/** The event bus addresses of nodes: a handful each, whatever the number of wallets and of those who watch them. */
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

    /** Where a node hears what becomes of the wallets that are watched there. */
    static String ofNews(String nodeId) {
        return "news." + nodeId;
    }
}
