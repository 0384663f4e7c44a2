/**
 * Allowances and their periods.
 *
 * <p>What may not enter: prices and amounts; they are the catalog's.
 *
 * <p>Nothing lives here yet; the name is kept so that what comes finds its room.
 */
@NullMarked
package dev.purser.plans;

import org.jspecify.annotations.NullMarked;
