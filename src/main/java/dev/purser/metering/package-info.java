/**
 * Model usage: priced and deducted in one step, summed by day.
 *
 * <p>What may not enter: prices; they are the catalog's.
 *
 * <p>Nothing lives here yet; the name is kept so that what comes finds its room.
 */
@NullMarked
package dev.purser.metering;

import org.jspecify.annotations.NullMarked;
