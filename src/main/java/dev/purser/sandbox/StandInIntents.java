package dev.purser.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import dev.purser.lane.Ids;
import io.vertx.core.json.JsonObject;

/** Payments, and what was charged for those that were made. */
final class StandInIntents {

    static final String STATUS = "status";
    static final String SUCCEEDED = "succeeded";
    static final String REQUIRES_ACTION = "requires_action";
    static final String REQUIRES_METHOD = "requires_payment_method";
    static final String PROCESSING = "processing";

    private static final String PATH = "/v1/payment_intents";
    private static final String ONE = PATH + "/{id}";
    private static final String REQUIRES_CONFIRMATION = "requires_confirmation";
    private static final Set<String> OPEN = Set.of(REQUIRES_METHOD, REQUIRES_CONFIRMATION, REQUIRES_ACTION);
    private static final TestMethod.Declines NOT_THEM = new TestMethod.Declines(
            "payment_intent_authentication_failure", null,
            "The provided payment method has failed authentication.");

    private final StandInTable intents = new StandInTable("payment_intent");
    private final StandInTable charges = new StandInTable("charge");
    private final List<Consumer<JsonObject>> watchers = new ArrayList<>();
    private final StandInEvents events;
    private final StandInTimer timer;

    StandInIntents(StandInEvents events, StandInTimer timer) {
        this.events = events;
        this.timer = timer;
    }

    void addTo(StandInRoutes routes) {
        routes.post(PATH, call -> create(call.form()));
        routes.get(PATH, call -> intents.list(call, "customer"));
        routes.get(ONE, intents::show);
        routes.post(ONE + "/confirm", call -> intents.with(call.id(),
                intent -> confirm(intent, call.form().text("payment_method", intent.getString("payment_method", "")))));
        routes.post(ONE + "/cancel", call -> intents.with(call.id(),
                intent -> cancel(intent, call.form().text("cancellation_reason", "requested_by_customer"))));
        routes.post(ONE + "/authenticate", call -> intents.with(call.id(),
                intent -> authenticate(intent, !call.form().text("outcome", "").equals("fail"))));
        routes.get("/v1/charges", call -> charges.list(call, "payment_intent"));
        routes.get("/v1/charges/{id}", charges::show);
    }

    StandInTable intents() {
        return intents;
    }

    StandInTable charges() {
        return charges;
    }

    /** Is told of each payment that is made, under way or has failed, after its event. */
    void watch(Consumer<JsonObject> watcher) {
        watchers.add(watcher);
    }

    private StandInAnswer create(StandInForm form) {
        long amount = form.whole("amount").orElse(0);
        String currency = form.text("currency", "");
        String method = form.text("payment_method", "");
        if (form.has("payment_method_types")) {
            return noMethodTypes();
        }
        if (amount < 1) {
            return StandInAnswer.invalid("amount", "parameter_invalid_integer", "Invalid integer: amount");
        }
        if (!currency.matches("[a-z]{3}")) {
            return StandInAnswer.invalid("currency", "parameter_missing", "Expected a currency, but got: " + currency);
        }
        if (!method.isEmpty() && TestMethod.of(method).isEmpty()) {
            return noMethod(method);
        }
        JsonObject intent = begin(amount, currency, form.part("metadata"));
        if (!method.isEmpty()) {
            intent.put("payment_method", method).put(STATUS, REQUIRES_CONFIRMATION);
        }
        return form.text("confirm", "").equals("true") ? confirm(intent, method) : StandInAnswer.of(intent);
    }

    /** As Stripe has it since 2026-09-30. */
    static StandInAnswer noMethodTypes() {
        return StandInAnswer.invalid("payment_method_types", "payment_method_types_no_longer_supported",
                "payment_method_types is no longer supported: which there are is chosen for each buyer");
    }

    private static StandInAnswer noMethod(String method) {
        return StandInAnswer.invalid("payment_method", "resource_missing", "No such PaymentMethod: '" + method + "'");
    }

    JsonObject begin(long amount, String currency, JsonObject metadata) {
        String id = Ids.next("pi_");
        JsonObject intent = new JsonObject().put("id", id).put("object", "payment_intent").put("amount", amount)
                .put("amount_received", 0L).put("currency", currency)
                .put("client_secret", id + "_secret_" + Ids.next("")).put("livemode", false).put("metadata", metadata)
                .put("created", Instant.now().getEpochSecond()).put(STATUS, REQUIRES_METHOD);
        intents.put(intent);
        return intent;
    }

    StandInAnswer confirm(JsonObject intent, String method) {
        if (!OPEN.contains(intent.getString(STATUS))) {
            return unexpected(intent, "confirmed");
        }
        intent.remove("last_payment_error");
        return TestMethod.of(method).map(known -> act(intent.put("payment_method", method), known))
                .orElseGet(() -> noMethod(method));
    }

    private StandInAnswer act(JsonObject intent, TestMethod method) {
        intent.remove("next_action");
        return switch (method) {
            case TestMethod.Pays _ -> succeed(intent);
            case TestMethod.Declines why -> fail(intent, why);
            case TestMethod.Asks _ -> {
                intent.put("next_action", new JsonObject().put("type", "use_stripe_sdk")
                        .put("use_stripe_sdk", new JsonObject()));
                yield become(intent, REQUIRES_ACTION, "payment_intent.requires_action");
            }
            case TestMethod.Debits(TestMethod then) -> {
                StandInAnswer answer = become(intent, PROCESSING, "payment_intent.processing");
                if (then != null) {
                    timer.soon(() -> settle(intent, then));
                }
                yield answer;
            }
        };
    }

    private void settle(JsonObject intent, TestMethod end) {
        if (intent.getString(STATUS).equals(PROCESSING)) {
            StandInAnswer unheard = act(intent, end);
            assert unheard.begun();
        }
    }

    private StandInAnswer succeed(JsonObject intent) {
        JsonObject charge = new JsonObject().put("id", Ids.next("ch_")).put("object", "charge")
                .put("amount", intent.getLong("amount")).put("amount_captured", intent.getLong("amount"))
                .put("amount_refunded", 0L).put("currency", intent.getString("currency")).put("captured", true)
                .put("paid", true).put("refunded", false).put("disputed", false).put(STATUS, SUCCEEDED)
                .put("payment_intent", intent.getString("id")).put("payment_method", intent.getString("payment_method"))
                .put("metadata", intent.getJsonObject("metadata").copy()).put("livemode", false)
                .put("created", Instant.now().getEpochSecond());
        charges.put(charge);
        intent.put("amount_received", intent.getLong("amount")).put("latest_charge", charge.getString("id"));
        return become(intent, SUCCEEDED, "payment_intent.succeeded");
    }

    private StandInAnswer fail(JsonObject intent, TestMethod.Declines why) {
        JsonObject error = new JsonObject().put("type", "card_error").put("code", why.code())
                .put("message", why.message());
        if (why.declineCode() != null) {
            error.put("decline_code", why.declineCode());
        }
        intent.put("last_payment_error", error);
        StandInAnswer failed = become(intent, REQUIRES_METHOD, "payment_intent.payment_failed");
        return new StandInAnswer(402,
                new JsonObject().put("error", error.copy().put("payment_intent", failed.body())), true);
    }

    private StandInAnswer become(JsonObject intent, String status, String event) {
        events.tell(event, intent.put(STATUS, status));
        watchers.forEach(watcher -> watcher.accept(intent));
        return StandInAnswer.of(intent);
    }

    /** What the buyer's bank does, once the buyer has said whether it was them. */
    StandInAnswer authenticate(JsonObject intent, boolean them) {
        if (!intent.getString(STATUS).equals(REQUIRES_ACTION)) {
            return unexpected(intent, "authenticated");
        }
        StandInAnswer told = TestMethod.of(intent.getString("payment_method"))
                .orElseThrow() instanceof TestMethod.Asks(var then) && them ? act(intent, then) : act(intent, NOT_THEM);
        // What the seller would be told of a declined card is not what the buyer's bank is told.
        return told.status() == 200 ? told : StandInAnswer.of(intent);
    }

    StandInAnswer cancel(JsonObject intent, String reason) {
        if (!OPEN.contains(intent.getString(STATUS))) {
            return unexpected(intent, "canceled");
        }
        intent.remove("next_action");
        intent.put("canceled_at", Instant.now().getEpochSecond()).put("cancellation_reason", reason);
        return become(intent, "canceled", "payment_intent.canceled");
    }

    private static StandInAnswer unexpected(JsonObject intent, String what) {
        return StandInAnswer.refused("payment_intent_unexpected_state",
                "This PaymentIntent could not be " + what + " because it has a status of "
                        + intent.getString(STATUS) + ".");
    }
}
