/**
 * What is for sale: packs, the bonus rule, plans, store products and model prices, read once from one file and
 * checked.
 *
 * <p>What may not enter: anything that changes while the service runs.
 *
 * <p>Nothing lives here yet; the name is kept so that what comes finds its room.
 */
@NullMarked
package dev.purser.catalog;

import org.jspecify.annotations.NullMarked;
