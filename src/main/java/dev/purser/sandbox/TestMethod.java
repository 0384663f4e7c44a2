package dev.purser.sandbox;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** What comes of paying with one of Stripe's test payment methods. */
sealed interface TestMethod {

    TestMethod GOOD = new Pays();
    TestMethod POOR = declines("insufficient_funds", "Your card has insufficient funds.");

    /** It is paid. What comes later, such as a dispute, is known by the method's id. */
    record Pays() implements TestMethod {
    }

    /**
     * It is not paid.
     *
     * @param declineCode why, if it is the bank that says no
     */
    record Declines(String code, @Nullable String declineCode, String message) implements TestMethod {
    }

    /** The bank asks the buyer first; {@code then} if it was them. */
    record Asks(TestMethod then) implements TestMethod {
    }

    /** It takes a while, or for ever if nothing comes then. */
    record Debits(@Nullable TestMethod then) implements TestMethod {
    }

    /** Empty if there is no such method. */
    static Optional<TestMethod> of(String id) {
        return switch (id) {
            case "pm_card_chargeDeclined", "pm_card_visa_chargeDeclined", "pm_card_chargeCustomerFail" ->
                Optional.of(declines("generic_decline", "Your card was declined."));
            case "pm_card_chargeDeclinedInsufficientFunds", "pm_card_visa_chargeDeclinedInsufficientFunds" ->
                Optional.of(POOR);
            case "pm_card_chargeDeclinedLostCard" ->
                Optional.of(declines("lost_card", "Your card was declined."));
            case "pm_card_chargeDeclinedStolenCard" ->
                Optional.of(declines("stolen_card", "Your card was declined."));
            case "pm_card_chargeDeclinedExpiredCard" ->
                Optional.of(new Declines("expired_card", null, "Your card has expired."));
            case "pm_card_chargeDeclinedIncorrectCvc" ->
                Optional.of(new Declines("incorrect_cvc", null, "Your card's security code is incorrect."));
            case "pm_card_chargeDeclinedProcessingError" -> Optional.of(new Declines("processing_error", null,
                    "An error occurred while processing your card. Try again in a little bit."));
            case "pm_card_authenticationRequired", "pm_card_threeDSecureRequired", "pm_card_threeDSecure2Required" ->
                Optional.of(new Asks(GOOD));
            case "pm_card_threeDSecureRequiredChargeDeclined" ->
                Optional.of(new Asks(declines("generic_decline", "Your card was declined.")));
            case "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds" -> Optional.of(new Asks(POOR));
            case "pm_usBankAccount_success" -> Optional.of(new Debits(GOOD));
            case "pm_usBankAccount_insufficientFunds" -> Optional.of(new Debits(new Declines("payment_intent_payment"
                    + "_attempt_failed", "insufficient_funds", "The customer's account has insufficient funds.")));
            case "pm_usBankAccount_processing" -> Optional.of(new Debits(null));
            default -> id.startsWith("pm_card_") ? Optional.of(GOOD) : Optional.empty();
        };
    }

    private static TestMethod declines(String declineCode, String message) {
        return new Declines("card_declined", declineCode, message);
    }
}
