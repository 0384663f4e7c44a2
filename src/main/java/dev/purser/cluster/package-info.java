/**
 * Who owns which wallet, and how an operation gets there: Hazelcast and the event bus.
 *
 * <p>A wallet's home is its Hazelcast partition, the partition's owner is its node, and each node has one address a lane.
 * {@link dev.purser.cluster.WalletRouter} is the clustered {@link dev.purser.lane.Wallets}; start reading there. Hazelcast
 * only proposes: a node serves a partition once it holds its deed in the database ({@link dev.purser.lane.Deeds}), and what
 * is written has to pass the journal's fence besides. {@code Titles} has the rules, {@code Territory} applies them.
 *
 * <p>What may not enter: decisions, SQL.
 */
@NullMarked
package dev.purser.cluster;

import org.jspecify.annotations.NullMarked;
