package dev.purser.sandbox;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import com.stripe.StripeClient;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.net.RequestOptions;
import com.stripe.net.Webhook;
import com.stripe.param.PaymentIntentCreateParams;

import dev.purser.support.LaneRig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;

/** The stand-in, Stripe's own library to ask it, and a little server that its events come to. */
final class StandInRig implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Vertx vertx = Vertx.vertx();
    final StripeStandIn standIn = LaneRig.await(StripeStandIn.start(vertx));
    final StripeClient stripe = StripeClient.builder().setApiKey(StripeStandIn.KEY).setApiBase(standIn.url())
            .setMaxNetworkRetries(0).setReadTimeout(5_000).build();
    private final List<Event> received = new CopyOnWriteArrayList<>();
    private final List<JsonObject> objects = new CopyOnWriteArrayList<>();
    private final List<String> forged = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final HttpServer server = LaneRig.await(vertx.createHttpServer().requestHandler(request -> request.body()
            .onSuccess(body -> request.response()
                    .setStatusCode(take(body.toString(), String.valueOf(request.getHeader("Stripe-Signature")))).end()))
            .listen(0, "127.0.0.1"));
    private final HttpClient http = HttpClient.newHttpClient();

    StandInRig() {
        standIn.tell("http://127.0.0.1:" + server.actualPort() + "/hook");
    }

    private int take(String payload, String signature) {
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return 500;
        }
        try {
            received.add(Webhook.constructEvent(payload, signature, standIn.webhookSecret()));
            objects.add(new JsonObject(payload).getJsonObject("data").getJsonObject("object"));
            return 200;
        } catch (SignatureVerificationException wrong) {
            forged.add(payload);
            return 400;
        }
    }

    /** Answers that many events with 500. */
    void refuse(int events) {
        refusals.set(events);
    }

    /** In the order in which they came. */
    List<Event> received() {
        return List.copyOf(received);
    }

    List<String> types() {
        return received.stream().map(Event::getType).toList();
    }

    /** Events that were not signed as they should be. */
    List<String> forged() {
        return forged;
    }

    /** What the first event of a type is about, once it is there. */
    JsonObject about(String type) {
        return about(type, 1);
    }

    /** What the n-th event of a type is about. */
    JsonObject about(String type, int number) {
        await(type).atMost(PATIENCE).until(() -> all(type).size() >= number);
        return all(type).get(number - 1);
    }

    List<JsonObject> all(String type) {
        List<String> types = types();
        return java.util.stream.IntStream.range(0, Math.min(types.size(), objects.size()))
                .filter(i -> types.get(i).equals(type)).mapToObj(objects::get).toList();
    }

    PaymentIntent pay(String method) throws StripeException {
        return pay(method, 4_499, null);
    }

    PaymentIntent pay(String method, long amount, @org.jspecify.annotations.Nullable String key)
            throws StripeException {
        return stripe.v1().paymentIntents().create(PaymentIntentCreateParams.builder().setAmount(amount)
                .setCurrency("usd").setPaymentMethod(method).setConfirm(true).putMetadata("wallet_id", "ada").build(),
                RequestOptions.builder().setIdempotencyKey(key).build());
    }

    HttpResponse<String> post(String path, Map<String, String> form) throws IOException, InterruptedException {
        return send(request(path).header("Authorization", "Bearer " + StripeStandIn.KEY), form);
    }

    /** As a browser does. */
    HttpResponse<String> submit(String path, Map<String, String> form) throws IOException, InterruptedException {
        return send(request(path), form);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, Map<String, String> form)
            throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return http.send(request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).header("Authorization", "Bearer " + StripeStandIn.KEY).build(),
                BodyHandlers.ofString());
    }

    /** As a browser does. */
    HttpResponse<String> open(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(standIn.url() + path)).timeout(PATIENCE);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        LaneRig.await(standIn.stop());
        LaneRig.await(vertx.close());
        http.close();
    }
}
