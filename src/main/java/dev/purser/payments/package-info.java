/**
 * Stripe and RevenueCat: verified facts become commands.
 *
 * <p>What may not enter: the client's word. Only a provider's webhook credits a purchase.
 *
 * <p>Nothing lives here yet; the name is kept so that what comes finds its room.
 */
@NullMarked
package dev.purser.payments;

import org.jspecify.annotations.NullMarked;
