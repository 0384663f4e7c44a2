package dev.purser.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Ids;
import io.vertx.core.json.JsonObject;

/** All that has happened, as events, which can also be asked for; what is lost on its way is here all the same. */
final class StandInEvents {

    /** Of the release that stripe-java's version here belongs to, so that it reads them. */
    private static final String API_VERSION = "2026-07-29.dahlia";

    private final StandInTable log = new StandInTable("event");
    private final StripeEventSender sender;
    private final Supplier<StandInDice> dice;

    StandInEvents(StripeEventSender sender, Supplier<StandInDice> dice) {
        this.sender = sender;
        this.dice = dice;
    }

    void addTo(StandInRoutes routes) {
        routes.get("/v1/events", call -> log.list(call, isOfType(call.form())));
        routes.get("/v1/events/{id}", log::show);
    }

    /** @param object as it is now */
    void tell(String type, JsonObject object) {
        publish(type, object);
        if (dice.get().twins()) {
            publish(type, object);
        }
    }

    private void publish(String type, JsonObject object) {
        JsonObject event = new JsonObject().put("id", Ids.next("evt_")).put("object", "event")
                .put("api_version", API_VERSION).put("type", type).put("livemode", false)
                .put("created", Instant.now().getEpochSecond()).put("pending_webhooks", 1)
                .put("request", new JsonObject().putNull("id").putNull("idempotency_key"))
                .put("data", new JsonObject().put("object", object.copy()));
        log.put(event);
        sender.send(event.toString());
    }

    /** {@code type} may end with a star. */
    private static Predicate<JsonObject> isOfType(StandInForm form) {
        List<String> types = form.list("types");
        @Nullable
        String one = form.text("type");
        return event -> {
            String type = event.getString("type");
            return (types.isEmpty() || types.contains(type)) && (one == null || type.equals(one)
                    || (one.endsWith("*") && type.startsWith(one.substring(0, one.length() - 1))));
        };
    }
}
