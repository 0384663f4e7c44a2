package dev.purser.sandbox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/**
 * Stands in for Stripe where there is none: speaks as much of its API as is used here, knows its test payment methods, and
 * tells of each change by a signed webhook. On loopback only, and all in memory.
 */
public final class StripeStandIn {

    /** What it is asked with. No secret: it stands here. */
    public static final String KEY = "sk_test_purser_stand_in";

    private static final Logger LOG = LoggerFactory.getLogger(StripeStandIn.class);
    private static final String FAULTS = "/sandbox/faults";

    private final HttpServer server;
    private final StripeEventSender sender;
    private final StandInApi api;
    private final StandInPayPages pages;
    private final StandInBankPages bank;
    private volatile StandInDice dice = new StandInDice(StripeFaults.NONE);
    private volatile boolean stopped;

    /** All of it happens on the server's one event loop; only the dice are changed from elsewhere. */
    private StripeStandIn(Vertx vertx) {
        StandInTimer timer = (millis, then) -> vertx.setTimer(Math.max(1, millis), _ -> {
            if (!stopped) {
                then.run();
            }
        });
        StandInRoutes routes = new StandInRoutes();
        server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false));
        sender = new StripeEventSender(vertx.createHttpClient(), timer, () -> dice);
        api = new StandInApi(routes, timer, () -> dice);
        StandInEvents events = new StandInEvents(sender, () -> dice);
        StandInIntents intents = new StandInIntents(events, timer);
        StandInDisputes disputes = new StandInDisputes(intents, events, timer);
        StandInCheckout checkout = new StandInCheckout(intents, events, timer, this::url);
        pages = new StandInPayPages(checkout);
        bank = new StandInBankPages(intents);
        events.addTo(routes);
        intents.addTo(routes);
        disputes.addTo(routes);
        checkout.addTo(routes);
        new StandInRefunds(intents, disputes::chargedBack, events, timer).addTo(routes);
        new StandInTransfers(events).addTo(routes);
    }

    /** Starts it on a free port of loopback. */
    public static Future<StripeStandIn> start(Vertx vertx) {
        StripeStandIn standIn = new StripeStandIn(vertx);
        return vertx.deployVerticle(_ -> standIn.server.requestHandler(standIn::handle).listen(0, "127.0.0.1"))
                .onSuccess(_ -> LOG.info("Something stands in for Stripe at {}", standIn.url())).map(standIn);
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** What it signs its events with, another one at each start. */
    public String webhookSecret() {
        return sender.secret();
    }

    /** Where it sends its events to from now on. */
    public void tell(String webhookUrl) {
        sender.to(webhookUrl);
    }

    /** What goes wrong from now on. */
    public void faults(StripeFaults faults) {
        dice = new StandInDice(faults);
    }

    public Future<Void> stop() {
        stopped = true;
        return server.close().eventually(sender::close);
    }

    private void handle(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        boolean form = type != null && type.startsWith("application/x-www-form-urlencoded");
        request.setExpectMultipart(form);
        request.end().onSuccess(_ -> {
            StandInForm asked = new StandInForm(form ? request.formAttributes() : request.params());
            if (StandInPayPages.owns(request)) {
                pages.handle(request, asked);
            } else if (StandInBankPages.owns(request)) {
                bank.handle(request, asked);
            } else if (!StandInApi.isAuthorized(request)) {
                StandInApi.refuse(request);
            } else if (FAULTS.equals(request.path())) {
                StandInApi.send(request.response(), faults(request.method(), asked));
            } else {
                api.handle(request, asked);
            }
        }).onFailure(_ -> request.connection().close());
    }

    private StandInAnswer faults(HttpMethod method, StandInForm asked) {
        if (method.equals(HttpMethod.POST)) {
            try {
                faults(StripeFaults.of(asked));
            } catch (IllegalArgumentException wrong) {
                return StandInAnswer.error(400, "invalid_request_error", String.valueOf(wrong.getMessage()));
            }
        }
        JsonObject now = dice.faults().json();
        return StandInAnswer.of(now);
    }
}
