package dev.purser.sandbox;

import java.util.Optional;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * Serves the page on which a bank asks (3-D Secure) about a payment that was begun without a checkout. Stripe's library opens
 * its like on the buyer's device; this one is at {@code /bank/} and the payment's client secret, which only the buyer has.
 */
final class StandInBankPages {

    private static final String PAGE = "/bank/";
    private static final String MARK = "_secret_";

    private final StandInIntents payments;

    StandInBankPages(StandInIntents payments) {
        this.payments = payments;
    }

    static boolean owns(HttpServerRequest request) {
        return String.valueOf(request.path()).startsWith(PAGE);
    }

    void handle(HttpServerRequest request, StandInForm form) {
        String secret = String.valueOf(request.path()).substring(PAGE.length());
        HttpServerResponse response = request.response();
        Optional<JsonObject> found = find(secret);
        if (found.isEmpty()) {
            StandInWeb.show(response, 404, "", StandInHtml.notice("There is no such payment",
                    "It may be of an earlier run: what stands in for Stripe remembers nothing."));
        } else if (request.method().equals(HttpMethod.POST)) {
            StandInAnswer unheard = payments.authenticate(found.get(), form.text("answer", "").equals("yes"));
            assert unheard.begun();
            StandInWeb.go(response, PAGE + secret);
        } else {
            StandInWeb.show(response, 200, "", page(secret, found.get()));
        }
    }

    private Optional<JsonObject> find(String secret) {
        return Optional.ofNullable(payments.intents().find(secret.split(MARK, 2)[0]))
                .filter(intent -> secret.equals(intent.getString("client_secret")));
    }

    private static String page(String secret, JsonObject intent) {
        return switch (intent.getString(StandInIntents.STATUS)) {
            case StandInIntents.REQUIRES_ACTION -> StandInHtml.bank(PAGE + secret,
                    StandInHtml.money(intent.getLong("amount"), intent.getString("currency")));
            case StandInIntents.SUCCEEDED, StandInIntents.PROCESSING -> StandInHtml.notice("Thank you",
                    "Your bank pays. You can close this window and go back to where you were.");
            default -> StandInHtml.notice("Your bank does not pay",
                    "You can close this window and go back to where you were, to pay in another way.");
        };
    }
}
