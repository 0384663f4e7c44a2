/**
 * Stripe, and RevenueCat to come: what they tell, once it is verified, becomes commands.
 *
 * <p>An event travels like this: {@link dev.purser.payments.StripeWebhook} takes its bytes and answers,
 * {@link dev.purser.payments.StripeSignature} says whether it is Stripe's, {@link dev.purser.payments.StripeInbox} keeps it
 * and sees to it that what it means ({@link dev.purser.payments.StripeRules}) is carried out before it is answered. Of money
 * that went back {@link dev.purser.payments.MoneyFollower} sees to it that the tokens follow; of money that may go back,
 * because Stripe thinks so, {@link dev.purser.payments.StripeWarnings} takes care.
 *
 * <p>What is bought begins at {@link dev.purser.payments.StripeTill}, as a payment or as a page to pay on, for which
 * {@link dev.purser.payments.StripeDesk} asks Stripe.
 *
 * <p>What may not enter: the client's word. Only a provider's webhook credits a purchase.
 */
@NullMarked
package dev.purser.payments;

import org.jspecify.annotations.NullMarked;
