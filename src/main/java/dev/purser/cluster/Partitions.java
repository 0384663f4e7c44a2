package dev.purser.cluster;

/** Which partition a wallet lives in. Never to be changed: nodes of all versions must agree. */
public final class Partitions {

    /** As many as Hazelcast has by default; a prime, and fixed for the life of a cluster. */
    public static final int COUNT = 271;

    private Partitions() {
    }

    /**
     * The wallet's partition. Hazelcast hashes keys that it stores, and to ask it for a text's partition would serialize
     * the text each time; nothing is stored there under a wallet's id, so a spread hash does as well.
     */
    public static int of(String walletId) {
        int hash = walletId.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return Math.floorMod(hash ^ (hash >>> 16), COUNT);
    }
}
