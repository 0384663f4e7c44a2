/**
 * What makes development mode work with nothing else installed: an embedded PostgreSQL, a stand-in for
 * Stripe and demo users.
 *
 * <p>What may not enter: being reachable in production. {@code Purser} opens this room only when the mode or a setting
 * names it.
 */
@NullMarked
package dev.purser.sandbox;

import org.jspecify.annotations.NullMarked;
