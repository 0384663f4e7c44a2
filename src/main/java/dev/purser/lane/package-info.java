/**
 * The actors: every wallet is decided by one thread at a time, and nothing is answered before it is durable.
 *
 * <p>A {@link dev.purser.lane.Lane} owns the wallets of its share of the partitions. Operations wait in its mailbox;
 * when it is free it forms a {@link dev.purser.lane.Batch}, which the {@link dev.purser.lane.Journal} writes in one
 * statement. Start reading at {@code Lane}, then {@code BatchMaker}.
 *
 * <p>Tokens for another wallet are put in the {@link dev.purser.lane.Post} by the sender's commit, and taken in by the
 * recipient's lane under a key, so that they arrive once.
 *
 * <p>The room owns three ports: {@link dev.purser.lane.Journal} (where the truth rests),
 * {@link dev.purser.lane.Wallets} (send an operation to whoever owns the wallet) and {@link dev.purser.lane.Deeds} (which
 * node that is, when nodes cannot hear each other). SQL, HTTP and Hazelcast may not enter;
 * of Vert.x only futures. Threads, timers and the time come through {@link dev.purser.lane.LaneLoop}, so that a
 * simulated clock can drive a lane.
 */
@NullMarked
package dev.purser.lane;

import org.jspecify.annotations.NullMarked;
