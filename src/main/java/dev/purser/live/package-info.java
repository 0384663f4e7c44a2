/**
 * The WebSocket on which frontends see their balance change.
 *
 * <p>What may not enter: decisions; it shows what the lanes have committed.
 *
 * <p>Nothing lives here yet; the name is kept so that what comes finds its room.
 */
@NullMarked
package dev.purser.live;

import org.jspecify.annotations.NullMarked;
