package dev.purser.sandbox;

import java.net.URI;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Serves the pages on which a buyer pays: plain forms, without a script. */
final class StandInPayPages {

    private static final String BANK = "/bank";
    private static final String CANCEL = "cancel";

    private final StandInCheckout checkout;

    StandInPayPages(StandInCheckout checkout) {
        this.checkout = checkout;
    }

    static boolean owns(HttpServerRequest request) {
        return String.valueOf(request.path()).startsWith(StandInCheckout.PAGE);
    }

    void handle(HttpServerRequest request, StandInForm form) {
        String rest = String.valueOf(request.path()).substring(StandInCheckout.PAGE.length());
        boolean bank = rest.endsWith(BANK);
        JsonObject session = checkout.find(bank ? rest.substring(0, rest.length() - BANK.length()) : rest);
        HttpServerResponse response = request.response();
        if (session == null) {
            show(response, 404, null, StandInHtml.notice("There is no such checkout",
                    "It may be of an earlier run: what stands in for Stripe remembers nothing."));
        } else if (StandInCheckout.isComplete(session)) {
            StandInWeb.go(response, StandInCheckout.success(session));
        } else if (!StandInCheckout.isOpen(session)) {
            show(response, 410, session, StandInHtml.notice("This checkout has expired", "Nothing was paid."));
        } else if (!request.method().equals(HttpMethod.POST)) {
            open(response, session, bank);
        } else if (bank) {
            answerBank(response, session, form.text("answer", ""));
        } else {
            pay(response, session, form.text("method", ""));
        }
    }

    private void open(HttpServerResponse response, JsonObject session, boolean bank) {
        if (!bank) {
            show(response, 200, session, page(session, null));
        } else if (checkout.isAsked(session)) {
            show(response, 200, session,
                    StandInHtml.bank(path(session) + BANK, checkout.sale(session).basket().price()));
        } else {
            StandInWeb.go(response, path(session));
        }
    }

    private void pay(HttpServerResponse response, JsonObject session, String method) {
        String away = StandInCheckout.cancel(session);
        if (method.equals(CANCEL) && away != null) {
            StandInWeb.go(response, away);
        } else {
            after(response, session, checkout.pay(session, method));
        }
    }

    private void answerBank(HttpServerResponse response, JsonObject session, String answer) {
        if (checkout.isAsked(session)) {
            after(response, session, checkout.authenticate(session, answer.equals("yes")));
        } else {
            StandInWeb.go(response, path(session));
        }
    }

    /** Paid, asked by the bank, or why not. */
    private void after(HttpServerResponse response, JsonObject session, StandInAnswer answer) {
        if (StandInCheckout.isComplete(session)) {
            StandInWeb.go(response, StandInCheckout.success(session));
        } else if (checkout.isAsked(session)) {
            StandInWeb.go(response, path(session) + BANK);
        } else {
            JsonObject error = answer.body().getJsonObject("error", answer.body().getJsonObject("last_payment_error"));
            show(response, answer.status() == 200 ? 402 : answer.status(), session,
                    page(session, error.getString("message")));
        }
    }

    private String page(JsonObject session, @Nullable String problem) {
        return StandInHtml.pay(session.getString("id"), checkout.sale(session).basket(), problem,
                StandInCheckout.cancel(session) != null);
    }

    private static String path(JsonObject session) {
        return StandInCheckout.PAGE + session.getString("id");
    }

    /** Some browsers hold where a form's answer leads to against the policy, too; so it names the seller's pages. */
    private static void show(HttpServerResponse response, int status, @Nullable JsonObject session, String html) {
        String forms = session == null
                ? ""
                : Stream.of(StandInCheckout.success(session), StandInCheckout.cancel(session))
                        .filter(Objects::nonNull).map(StandInPayPages::origin).distinct()
                        .collect(Collectors.joining());
        StandInWeb.show(response, status, forms, html);
    }

    private static String origin(String address) {
        URI uri = URI.create(address);
        return uri.getHost() == null
                ? ""
                : " " + uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
}
