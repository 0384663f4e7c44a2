package dev.purser.sandbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.purser.lane.Ids;
import io.vertx.core.json.JsonObject;

/** Checkouts: what is bought on a page of the stand-in's own. The page says what the buyer does; what comes of it is here. */
final class StandInCheckout {

    static final String PAGE = "/pay/";

    private static final String PATH = "/v1/checkout/sessions";
    private static final String STATUS = "status";
    private static final String OPEN = "open";
    private static final String COMPLETE = "complete";
    private static final String PAYMENT_STATUS = "payment_status";
    private static final String UNPAID = "unpaid";
    private static final String INTENT = "payment_intent";
    private static final Duration SHORTEST = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final long SWEEP_MILLIS = 5_000;

    private final StandInTable sessions = new StandInTable("checkout.session");
    private final Map<String, Sale> sales = StandInTable.bounded();
    private final Map<String, JsonObject> byIntent = StandInTable.bounded();
    private final StandInIntents payments;
    private final StandInEvents events;
    private final StandInTimer timer;
    private final Supplier<String> url;
    private boolean sweeping;

    /** What the page shows, and what the payment will carry. */
    record Sale(StandInBasket basket, JsonObject metadata) {
    }

    /** @param url where the stand-in is */
    StandInCheckout(StandInIntents payments, StandInEvents events, StandInTimer timer, Supplier<String> url) {
        this.payments = payments;
        this.events = events;
        this.timer = timer;
        this.url = url;
        payments.watch(this::paid);
    }

    void addTo(StandInRoutes routes) {
        routes.post(PATH, call -> create(call.form()));
        routes.get(PATH, call -> sessions.list(call, INTENT, STATUS));
        routes.get(PATH + "/{id}", sessions::show);
        routes.post(PATH + "/{id}/expire", call -> sessions.with(call.id(), this::expire));
    }

    private StandInAnswer create(StandInForm form) {
        long now = Instant.now().getEpochSecond();
        long expires = form.whole("expires_at").orElse(now + LONGEST.toSeconds());
        Optional<StandInBasket> basket = StandInBasket.of(form);
        if (form.has("payment_method_types")) {
            return StandInIntents.noMethodTypes();
        }
        if (!form.text("mode", "").equals("payment")) {
            return StandInAnswer.invalid("mode", "parameter_missing", "Expected the mode payment");
        }
        if (!isUrl(form.text("success_url")) || (form.has("cancel_url") && !isUrl(form.text("cancel_url")))) {
            return StandInAnswer.invalid(isUrl(form.text("success_url")) ? "cancel_url" : "success_url", "url_invalid",
                    "Invalid URL: An explicit scheme (such as https) must be provided.");
        }
        if (basket.isEmpty()) {
            return StandInAnswer.invalid("line_items", "parameter_missing",
                    "Expected line_items, each with a quantity and price_data in one currency, that come to at least 1");
        }
        // A little grace for clocks and the way here.
        if (expires < now + SHORTEST.toSeconds() - 60 || expires > now + LONGEST.toSeconds() + 60) {
            return StandInAnswer.invalid("expires_at", "parameter_invalid",
                    "The expires_at timestamp must be between 30 minutes and 24 hours from now.");
        }
        return StandInAnswer.of(begin(form, basket.get(), now, expires));
    }

    private JsonObject begin(StandInForm form, StandInBasket basket, long now, long expires) {
        String id = Ids.secret("cs_test_");
        JsonObject session = new JsonObject().put("id", id).put("object", "checkout.session").put("mode", "payment")
                .put(STATUS, OPEN).put(PAYMENT_STATUS, UNPAID).put("amount_subtotal", basket.total())
                .put("amount_total", basket.total()).put("currency", basket.currency())
                .put("client_reference_id", form.text("client_reference_id")).put("metadata", form.part("metadata"))
                .put("success_url", form.text("success_url")).put("cancel_url", form.text("cancel_url"))
                .putNull(INTENT).put("url", url.get() + PAGE + id).put("created", now).put("expires_at", expires)
                .put("livemode", false);
        sessions.put(session);
        sales.put(id, new Sale(basket, form.part("payment_intent_data[metadata]")));
        if (!sweeping) {
            sweeping = true;
            sweep();
        }
        return session;
    }

    /** Nobody waits for a whole day: what is over is looked for now and then. */
    private void sweep() {
        long now = Instant.now().getEpochSecond();
        sessions.all().stream().filter(session -> isOpen(session) && session.getLong("expires_at") <= now)
                .forEach(this::end);
        timer.in(SWEEP_MILLIS, this::sweep);
    }

    /** Of the web, so that a browser can be sent there. */
    private static boolean isUrl(@Nullable String text) {
        try {
            String scheme = text == null ? null : new URI(withId(text, "id")).getScheme();
            return scheme != null && scheme.matches("https?");
        } catch (URISyntaxException wrong) {
            return false;
        }
    }

    private static String withId(String address, String id) {
        return address.replace("{CHECKOUT_SESSION_ID}", id);
    }

    @Nullable
    JsonObject find(String id) {
        return sessions.find(id);
    }

    Sale sale(JsonObject session) {
        Sale sale = sales.get(session.getString("id"));
        if (sale == null) {
            throw new IllegalStateException("Expected a sale for each session, but got " + sales.size());
        }
        return sale;
    }

    static boolean isOpen(JsonObject session) {
        return session.getString(STATUS).equals(OPEN);
    }

    static boolean isComplete(JsonObject session) {
        return session.getString(STATUS).equals(COMPLETE);
    }

    /** Where the buyer goes when it is paid. */
    static String success(JsonObject session) {
        return withId(session.getString("success_url"), session.getString("id"));
    }

    /** Where the buyer goes who does not want to; null if nowhere. */
    static @Nullable String cancel(JsonObject session) {
        String address = session.getString("cancel_url");
        return address == null ? null : withId(address, session.getString("id"));
    }

    /** Whether the buyer's bank asks. */
    boolean isAsked(JsonObject session) {
        JsonObject intent = intent(session);
        return isOpen(session) && intent != null
                && intent.getString(STATUS).equals(StandInIntents.REQUIRES_ACTION);
    }

    /** The buyer pays with one of the test payment methods. The next try is for the same payment. */
    StandInAnswer pay(JsonObject session, String method) {
        JsonObject intent = intent(session);
        if (intent == null) {
            Sale sale = sale(session);
            intent = payments.begin(sale.basket().total(), sale.basket().currency(), sale.metadata());
            byIntent.put(intent.getString("id"), session);
            session.put(INTENT, intent.getString("id"));
        }
        return payments.confirm(intent, method);
    }

    /** The buyer tells their bank whether it was them. */
    StandInAnswer authenticate(JsonObject session, boolean them) {
        JsonObject intent = intent(session);
        return intent == null
                ? StandInAnswer.missing(INTENT, session.getString("id"))
                : payments.authenticate(intent, them);
    }

    private @Nullable JsonObject intent(JsonObject session) {
        String id = session.getString(INTENT);
        return id == null ? null : payments.intents().find(id);
    }

    private void paid(JsonObject intent) {
        JsonObject session = byIntent.get(intent.getString("id"));
        if (session == null) {
            return;
        }
        boolean early = isOpen(session);
        switch (intent.getString(STATUS)) {
            case StandInIntents.SUCCEEDED -> {
                session.put(STATUS, COMPLETE).put(PAYMENT_STATUS, "paid");
                tell(early ? "completed" : "async_payment_succeeded", session);
            }
            case StandInIntents.PROCESSING -> {
                session.put(STATUS, COMPLETE);
                tell("completed", session);
            }
            case StandInIntents.REQUIRES_METHOD -> {
                if (!early) {
                    tell("async_payment_failed", session);
                }
            }
            default -> {
                // The buyer is still at it.
            }
        }
    }

    private StandInAnswer expire(JsonObject session) {
        if (!isOpen(session)) {
            return StandInAnswer.error(400, "invalid_request_error",
                    "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a"
                            + " status of " + session.getString(STATUS) + ".");
        }
        end(session);
        return StandInAnswer.of(session);
    }

    private void end(JsonObject session) {
        session.put(STATUS, "expired");
        JsonObject intent = intent(session);
        if (intent != null) {
            StandInAnswer unheard = payments.cancel(intent, "automatic");
            assert unheard.begun();
        }
        tell("expired", session);
    }

    /** A checkout that has ended has no page any more. */
    private void tell(String what, JsonObject session) {
        events.tell("checkout.session." + what, session.putNull("url"));
    }
}
