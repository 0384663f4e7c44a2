package dev.purser.payments;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.Orders;

/**
 * How Stripe is understood.
 *
 * @param webhookSecrets with any of which an event may be signed; several while one is replaced, none when no event is taken
 * @param live whether money is real; an event of the other kind credits nothing
 * @param tolerance how old a signature may be
 * @param secretKey what Stripe knows this service by; null when nothing is sold here
 * @param apiBase a server that speaks Stripe's API, if it is not Stripe
 * @param deadline how long an answer of Stripe's may take
 * @param limits how much one payer may buy
 * @param returnOrigins where a buyer may be sent back to from a page of Stripe's; anywhere if there are none
 * @param upkeep what is done beside buying and hearing of it
 * @param givenOn what follows for tokens that were given on when their money goes back
 */
public record StripeSettings(List<String> webhookSecrets, boolean live, Duration tolerance, @Nullable String secretKey,
        @Nullable URI apiBase, Duration deadline, Orders.Limits limits,
        List<String> returnOrigins, Upkeep upkeep, GivenOnPolicy givenOn) {

    /**
     * What is done beside buying and hearing of it.
     *
     * @param gapsEvery how often it is looked for what was told in vain
     * @param lookUpAfter how old a purchase of which nothing more is heard is when it is looked up
     * @param refundsWarned whether a payment that Stripe warns of is refunded, rather than shown to a person
     */
    public record Upkeep(Duration gapsEvery, Duration lookUpAfter, boolean refundsWarned) {
    }

    public StripeSettings {
        webhookSecrets = List.copyOf(webhookSecrets);
        returnOrigins = List.copyOf(returnOrigins);
    }

    /** The same with another server, known by these secrets. */
    public StripeSettings at(URI otherApi, String otherKey, String otherWebhookSecret) {
        return new StripeSettings(List.of(otherWebhookSecret), live, tolerance, otherKey, otherApi, deadline,
                limits, returnOrigins, upkeep, givenOn);
    }

    @Override
    public String toString() {
        return "StripeSettings[webhookSecrets=(" + webhookSecrets.size() + ", not shown), live=" + live + ", tolerance="
                + tolerance + ", secretKey=" + (secretKey == null ? "none" : "(not shown)") + ", apiBase=" + apiBase
                + ", deadline=" + deadline + ", limits=" + limits + ", returnOrigins=" + returnOrigins + ", upkeep="
                + upkeep + ", givenOn=" + givenOn + "]";
    }
}
