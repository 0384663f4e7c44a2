package dev.purser.cluster;

/** Where a wallet lives, as this node sees it at the moment. */
sealed interface Home {

    /** On this node, in its {@code term}th term there, served since then. */
    record Here(int lane, int term, long sinceNanos) implements Home {
    }

    /** On another one. */
    record There(String nodeId, int lane) implements Home {

        /** The one address that this lane listens at. */
        String address() {
            return Addresses.of(nodeId, lane);
        }
    }

    /** Nowhere, for the moment: its partition has no owner, or is about to get one. */
    record Nowhere() implements Home {
    }

    /** Perhaps on a node that this one cannot see: most of those that are there are out of sight. */
    record OutOfSight() implements Home {
    }
}
