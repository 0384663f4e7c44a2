/**
 * Who owns which wallet, and how an operation gets there: Hazelcast and the event bus.
 *
 * <p>A wallet's home is its Hazelcast partition, the partition's owner is its node, and each node has one address a lane.
 * {@link dev.purser.cluster.WalletRouter} is the clustered {@link dev.purser.lane.Wallets}; start reading there. Hazelcast
 * only routes: if two nodes ever believe that they own one wallet, the journal's fence lets one of them write.
 *
 * <p>What may not enter: decisions, SQL.
 */
@NullMarked
package dev.purser.cluster;

import org.jspecify.annotations.NullMarked;
