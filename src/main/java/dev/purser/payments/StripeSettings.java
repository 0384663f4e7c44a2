package dev.purser.payments;

import java.time.Duration;
import java.util.List;

/**
 * How Stripe is understood.
 *
 * @param webhookSecrets with any of which an event may be signed; several while one is replaced, none when no event is taken
 * @param live whether money is real; an event of the other kind credits nothing
 * @param tolerance how old a signature may be
 */
public record StripeSettings(List<String> webhookSecrets, boolean live, Duration tolerance) {

    public StripeSettings {
        webhookSecrets = List.copyOf(webhookSecrets);
    }

    @Override
    public String toString() {
        return "StripeSettings[webhookSecrets=(" + webhookSecrets.size() + ", not shown), live=" + live + ", tolerance="
                + tolerance + "]";
    }
}
