package dev.purser.sandbox;

import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;

import dev.purser.lane.Ids;
import io.vertx.core.json.JsonObject;

/** Money that goes back, in parts or at once, now, later, or in the end not. */
final class StandInRefunds {

    private static final String PATH = "/v1/refunds";
    private static final String STATUS = "status";
    private static final String REFUNDED = "amount_refunded";
    private static final Set<String> REASONS = Set.of("duplicate", "fraudulent", "requested_by_customer");

    private final StandInTable refunds = new StandInTable("refund");
    private final StandInIntents payments;
    private final Predicate<String> chargedBack;
    private final StandInEvents events;
    private final StandInTimer timer;

    /** @param chargedBack whether the buyer's bank has the money of a charge already */
    StandInRefunds(StandInIntents payments, Predicate<String> chargedBack, StandInEvents events, StandInTimer timer) {
        this.payments = payments;
        this.chargedBack = chargedBack;
        this.events = events;
        this.timer = timer;
    }

    void addTo(StandInRoutes routes) {
        routes.post(PATH, call -> create(call.form()));
        routes.get(PATH, call -> refunds.list(call, "payment_intent", "charge"));
        routes.get(PATH + "/{id}", refunds::show);
    }

    private StandInAnswer create(StandInForm form) {
        String charge = form.text("charge", "");
        String intent = form.text("payment_intent", "");
        if (charge.isEmpty() && intent.isEmpty()) {
            return StandInAnswer.invalid("payment_intent", "parameter_missing",
                    "One of the following params should be provided for this request: payment_intent or charge.");
        }
        if (form.has("amount") && form.whole("amount").orElse(0) < 1) {
            return StandInAnswer.invalid("amount", "parameter_invalid_integer", "Invalid integer: amount");
        }
        if (form.has("reason") && !REASONS.contains(form.text("reason", ""))) {
            return StandInAnswer.invalid("reason", "parameter_invalid",
                    "Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer");
        }
        return intent.isEmpty()
                ? payments.charges().with(charge, found -> refund(found, form))
                : payments.intents().with(intent, paid -> paid.containsKey("latest_charge")
                        ? payments.charges().with(paid.getString("latest_charge"), found -> refund(found, form))
                        : StandInAnswer.refused("payment_intent_unexpected_state",
                                "This PaymentIntent (" + intent + ") does not have a successful charge to refund."));
    }

    private StandInAnswer refund(JsonObject charge, StandInForm form) {
        String id = charge.getString("id");
        long left = charge.getLong("amount") - charge.getLong(REFUNDED);
        long amount = form.whole("amount").orElse(left);
        if (chargedBack.test(id)) {
            return StandInAnswer.refused("charge_disputed",
                    "Charge " + id + " has been charged back; cannot issue a refund.");
        }
        if (left == 0) {
            return StandInAnswer.refused("charge_already_refunded", "Charge " + id + " has already been refunded.");
        }
        if (amount > left) {
            return StandInAnswer.refused("amount_too_large", "Refund amount (" + amount
                    + ") is greater than unrefunded amount on charge (" + left + ")").with("param", "amount");
        }
        return StandInAnswer.of(begin(charge, amount, form));
    }

    private JsonObject begin(JsonObject charge, long amount, StandInForm form) {
        boolean waits = "pm_card_pendingRefund".equals(charge.getString("payment_method"));
        JsonObject refund = new JsonObject().put("id", Ids.next("re_")).put("object", "refund").put("amount", amount)
                .put("currency", charge.getString("currency")).put("charge", charge.getString("id"))
                .put("payment_intent", charge.getString("payment_intent")).put("reason", form.text("reason"))
                .put("metadata", form.part("metadata")).put("created", Instant.now().getEpochSecond())
                .put(STATUS, waits ? "pending" : "succeeded");
        refunds.put(refund);
        add(charge, amount);
        events.tell("refund.created", refund);
        events.tell("charge.refunded", charge);
        timer.soon(() -> settle(refund, charge));
        return refund;
    }

    /** What the bank says in the end; mostly no more than a number that the buyer can ask for. */
    private void settle(JsonObject refund, JsonObject charge) {
        boolean fails = "pm_card_refundFail".equals(charge.getString("payment_method"));
        if (fails) {
            add(charge, -refund.getLong("amount"));
            refund.put(STATUS, "failed").put("failure_reason", "expired_or_canceled_card");
        } else {
            refund.put(STATUS, "succeeded").put("destination_details", new JsonObject().put("type", "card")
                    .put("card", new JsonObject().put("type", "refund").put("reference_status", "available")));
        }
        events.tell(fails ? "refund.failed" : "refund.updated", refund);
        events.tell("charge.refund.updated", refund);
    }

    private static void add(JsonObject charge, long amount) {
        long refunded = charge.getLong(REFUNDED) + amount;
        charge.put(REFUNDED, refunded).put("refunded", refunded == charge.getLong("amount"));
    }
}
