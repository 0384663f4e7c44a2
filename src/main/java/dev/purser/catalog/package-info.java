/**
 * What is for sale: packs and the bonus rule, read once from one file and checked; and the {@link dev.purser.catalog.Till}
 * at which they are bought, which the room of payments puts up. Plans, store products and model prices will stand beside them.
 *
 * <p>What may not enter: anything that changes while the service runs.
 */
@NullMarked
package dev.purser.catalog;

import org.jspecify.annotations.NullMarked;
