package dev.purser.payments;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How Stripe is understood.
 *
 * @param webhookSecrets with any of which an event may be signed; several while one is replaced, none when no event is taken
 * @param live whether money is real; an event of the other kind credits nothing
 * @param tolerance how old a signature may be
 * @param secretKey what Stripe knows this service by; null when nothing is sold here
 * @param apiBase a server that speaks Stripe's API, if it is not Stripe
 * @param deadline how long an answer of Stripe's may take
 * @param purchasesAMinute how many payments one buyer may begin in a minute
 */
public record StripeSettings(List<String> webhookSecrets, boolean live, Duration tolerance, @Nullable String secretKey,
        @Nullable URI apiBase, Duration deadline, int purchasesAMinute) {

    public StripeSettings {
        webhookSecrets = List.copyOf(webhookSecrets);
    }

    /** The same with another server, known by these secrets. */
    public StripeSettings at(URI otherApi, String otherKey, String otherWebhookSecret) {
        return new StripeSettings(List.of(otherWebhookSecret), live, tolerance, otherKey, otherApi, deadline,
                purchasesAMinute);
    }

    @Override
    public String toString() {
        return "StripeSettings[webhookSecrets=(" + webhookSecrets.size() + ", not shown), live=" + live + ", tolerance="
                + tolerance + ", secretKey=" + (secretKey == null ? "none" : "(not shown)") + ", apiBase=" + apiBase
                + ", deadline=" + deadline + ", purchasesAMinute=" + purchasesAMinute + "]";
    }
}
