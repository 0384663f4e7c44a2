/**
 * Balances as they change: the WebSocket and the event stream on which frontends see them.
 *
 * <p>Start reading at {@link dev.purser.live.LiveDoor}, where a client comes in, and {@link dev.purser.live.LiveHub}, which
 * brings a node's clients what its {@link dev.purser.lane.WalletWatch} hears. A client is shown its own wallet only, each
 * version once and none that is older than one it has seen; one that reads slowly misses what has been overtaken.
 *
 * <p>What may not enter: decisions; it shows what the lanes have committed.
 */
@NullMarked
package dev.purser.live;

import org.jspecify.annotations.NullMarked;
