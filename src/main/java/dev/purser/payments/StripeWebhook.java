package dev.purser.payments;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/**
 * Where Stripe sends its events. Answers 200 once what an event means is durable, and otherwise so that Stripe tries again.
 * Anybody can begin to send something: of too many who do, the one that has been at it for longest makes room.
 */
public final class StripeWebhook implements Handler<HttpServerRequest> {

    public static final String PATH = "/api/v1/tokens/webhook/stripe";

    private static final int LARGEST = 256 << 10;
    private static final int MOST_AT_ONCE = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final StripeSettings settings;
    private final StripeSignature signature;
    private final StripeInbox inbox;
    private final WebhookMeter meter;
    private final Listening listening = new Listening();
    /** Events of Stripe's that are being carried out, also when their sender has been answered already. */
    private final AtomicInteger underWay = new AtomicInteger();

    public StripeWebhook(Vertx vertx, StripeSettings settings, StripeInbox inbox, InstantSource clock,
            WebhookMeter meter) {
        this.vertx = vertx;
        this.settings = settings;
        this.signature = new StripeSignature(settings, clock);
        this.inbox = inbox;
        this.meter = meter;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Delivery delivery = new Delivery(request);
        if (!request.method().equals(HttpMethod.POST)) {
            request.response().putHeader(HttpHeaders.ALLOW, "POST");
            delivery.answer(405, "method_not_allowed", "Expected a POST of Stripe");
        } else if (settings.webhookSecrets().isEmpty()) {
            delivery.answer(503, "stripe_not_configured",
                    "Expected a secret to verify events of Stripe by, but there is none: set STRIPE_WEBHOOK_SECRET");
        } else {
            delivery.read();
        }
    }

    /** Those that are still to be heard to their end, the longest first. Each may be served by a thread of its own. */
    private static final class Listening {

        private final Set<Delivery> deliveries = new LinkedHashSet<>();

        /** Answers who is to make room for it. */
        synchronized Optional<Delivery> begin(Delivery delivery) {
            deliveries.add(delivery);
            return deliveries.size() > MOST_AT_ONCE ? deliveries.stream().findFirst() : Optional.empty();
        }

        synchronized void end(Delivery delivery) {
            deliveries.remove(delivery);
        }
    }

    /** A request and its one answer. */
    private final class Delivery {

        private final HttpServerRequest request;
        private final Context context = vertx.getOrCreateContext();
        private final long startedAt = System.nanoTime();
        private Buffer body = Buffer.buffer();
        private long timer = -1;
        private boolean tooLarge;
        private boolean answered;

        Delivery(HttpServerRequest request) {
            this.request = request;
        }

        void read() {
            listening.begin(this).ifPresent(Delivery::makeRoom);
            timer = vertx.setTimer(PATIENCE.toMillis(),
                    _ -> end(Fate.FAILED, "Expected to be done with it within " + PATIENCE));
            request.handler(this::add);
            request.endHandler(_ -> whole());
            request.exceptionHandler(_ -> end(Fate.REFUSED, "Expected a whole body, but it broke off"));
        }

        private void makeRoom() {
            listening.end(this);
            context.runOnContext(
                    _ -> end(Fate.FAILED, "Expected all of it sooner, but there were too many others to be heard"));
        }

        /** What is too large is heard to its end, so that whoever sends it hears the answer. */
        private void add(Buffer chunk) {
            tooLarge |= body.length() + chunk.length() > LARGEST;
            body = tooLarge ? Buffer.buffer() : body.appendBuffer(chunk);
        }

        private void whole() {
            listening.end(this);
            if (answered) {
                return;
            }
            String signed = request.getHeader("Stripe-Signature");
            byte[] bytes = body.getBytes();
            if (tooLarge) {
                end(Fate.REFUSED, "Expected at most " + LARGEST + " bytes");
                return;
            }
            if (signed == null || !signature.isValid(signed, bytes)) {
                end(Fate.REFUSED, "Expected a signature of Stripe's over these bytes, not older than "
                        + settings.tolerance().toSeconds() + " s, but Stripe-Signature "
                        + (signed == null ? "is missing" : "is none"));
                return;
            }
            Optional<StripeEvent> event = StripeEvent.read(bytes);
            if (event.isEmpty()) {
                end(Fate.REFUSED, "Expected an event in JSON, with an id and a type");
                return;
            }
            carryOut(event.get());
        }

        private void carryOut(StripeEvent event) {
            if (underWay.incrementAndGet() > MOST_AT_ONCE) {
                underWay.decrementAndGet();
                end(Fate.FAILED, "Expected room for one more event, but too many are under way");
                return;
            }
            inbox.take(event).onComplete(_ -> underWay.decrementAndGet()).onSuccess(fate -> end(fate,
                    fate == Fate.FAILED ? "Expected to carry it out, but could not just now; send it again" : null));
        }

        void end(Fate fate, @Nullable String why) {
            if (answered) {
                return;
            }
            meter.heard(StripeInbox.PROVIDER, fate.text(), System.nanoTime() - startedAt);
            if (why == null) {
                answer(fate.status(), new JsonObject().put("outcome", fate.text()), "application/json");
            } else {
                answer(fate.status(), fate == Fate.REFUSED ? "invalid_event" : "unavailable", why);
            }
        }

        void answer(int status, String code, String why) {
            answer(status, new JsonObject().put("type", "urn:purser:problem:" + code)
                    .put("title", "The event was not taken").put("status", status).put("detail", why).put("code", code)
                    .put("retryable", status == 503), "application/problem+json");
        }

        /** Then the connection is closed: nobody counts those on which events come, so none may stay. */
        private void answer(int status, JsonObject json, String type) {
            answered = true;
            vertx.cancelTimer(timer);
            listening.end(this);
            HttpServerResponse response = request.response();
            if (!response.closed() && !response.ended()) {
                response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type)
                        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE).end(json.toBuffer())
                        .onComplete(_ -> request.connection().close());
            }
        }
    }
}
