package dev.purser.cluster;

/** Where a wallet lives, as this node sees it at the moment. */
sealed interface Home {

    /** On this node. */
    record Here(int lane) implements Home {
    }

    /** On another one. */
    record There(String nodeId, int lane) implements Home {

        /** The one address that this lane listens at. */
        String address() {
            return Addresses.of(nodeId, lane);
        }
    }

    /** Nowhere, for the moment: its partition has no owner. */
    record Nowhere() implements Home {
    }
}
