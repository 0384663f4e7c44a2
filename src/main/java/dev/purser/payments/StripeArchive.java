package dev.purser.payments;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import com.stripe.model.StripeObjectInterface;
import com.stripe.param.EventListParams;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** What Stripe answers when it is asked what it had to tell, as it writes it: so that no version of it is misunderstood. */
final class StripeArchive {

    private static final long PAGE = 100;

    private final StripeCalls calls;

    StripeArchive(StripeCalls calls) {
        this.calls = calls;
    }

    /** A page of what happened from one time to before another, the latest first; those after {@code lastId}. */
    Future<JsonObject> events(Instant from, Instant before, @Nullable String lastId) {
        EventListParams.Builder which = EventListParams.builder().setLimit(PAGE)
                .setCreated(EventListParams.Created.builder().setGte(from.getEpochSecond())
                        .setLt(before.getEpochSecond()).build())
                .addAllType(StripeRules.TYPES);
        if (lastId != null) {
            which.setStartingAfter(lastId);
        }
        return calls.ask(stripe -> json(stripe.events().list(which.build())));
    }

    /** A payment or a checkout, as it stands now. */
    Future<JsonObject> purchase(String id) {
        return calls.ask(stripe -> json(id.startsWith("cs_")
                ? stripe.checkout().sessions().retrieve(id)
                : stripe.paymentIntents().retrieve(id)));
    }

    private static JsonObject json(StripeObjectInterface answer) {
        return new JsonObject(answer.getLastResponse().body());
    }
}
