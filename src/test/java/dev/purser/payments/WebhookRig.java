package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import dev.purser.journal.PaymentTables;
import dev.purser.journal.Reports;
import dev.purser.lane.Ids;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.StripeEvents;
import dev.purser.support.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** A webhook over real HTTP, into real wallets over a real PostgreSQL. */
final class WebhookRig implements AutoCloseable {

    private final TestDatabase tables = TestDatabase.create();
    private final LaneRig lanes = new LaneRig();
    private final TestLane lane = lanes.lane(tables.url());
    private final Vertx vertx = Vertx.vertx();
    private final PaymentTables payments = PaymentTables.of(tables.reads(vertx));
    private final GivenOnFollower givenOn;
    private final AtomicReference<@Nullable Outcome> instead = new AtomicReference<>();
    private final AtomicInteger untilLost = new AtomicInteger(-1);
    private final List<Operation> sent = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<String> metered = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> bought = new ConcurrentLinkedQueue<>();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    WebhookRig() {
        this(GivenOnPolicy.DEBT);
    }

    WebhookRig(GivenOnPolicy policy) {
        givenOn = new GivenOnFollower(vertx, payments.givenOn(), this::carry, Ids::next, policy);
        port = listen(List.of(StripeEvents.SECRET));
    }

    /** Another webhook, at the port that is answered. */
    int listen(List<String> secrets) {
        StripeSettings settings = new StripeSettings(secrets, false, Duration.ofMinutes(5), null, null,
                Duration.ofSeconds(1), Defaults.BUYERS, List.of(), Defaults.UPKEEP, GivenOnPolicy.DEBT);
        StripeInbox inbox = new StripeInbox(settings, Defaults.CATALOG, id -> id.matches("[a-z0-9]+"),
                new StripeInbox.Means(payments, this::carry, null, Ids::next), givenOn, bought::add);
        StripeWebhook webhook = new StripeWebhook(vertx, settings, inbox, InstantSource.system(),
                new WebhookMeter() {
                    @Override
                    public void heard(String provider, String fate, long nanos) {
                        metered.add(provider + " " + fate);
                    }

                    @Override
                    public void healed(String provider, String fate) {
                        metered.add(provider + " healed " + fate);
                    }
                });
        return LaneRig.await(vertx.createHttpServer().requestHandler(webhook).listen(0, "127.0.0.1")).actualPort();
    }

    private Future<Outcome> carry(Operation operation) {
        int left = untilLost.getAndUpdate(count -> count < 0 ? count : count - 1);
        sent.add(operation);
        Outcome outcome = left == 0
                ? new Outcome.Unavailable(Outcome.Reason.TIMED_OUT, 1)
                : instead.getAndSet(null);
        return outcome == null ? lane.send(operation) : Future.succeededFuture(outcome);
    }

    GivenOnFollower givenOn() {
        return givenOn;
    }

    TestDatabase tables() {
        return tables;
    }

    Reports.Sums sums() {
        return LaneRig.await(new Reports(tables.reads(vertx)).sums());
    }

    PaymentTables payments() {
        return payments;
    }

    TestLane lane() {
        return lane;
    }

    int port() {
        return port;
    }

    HttpClient client() {
        return client;
    }

    /** What the next operation is answered, without being carried out. */
    AtomicReference<@Nullable Outcome> instead() {
        return instead;
    }

    /** Carries so many more operations out, and not the next one; none is lost if it is negative. */
    void loseAfter(int operations) {
        untilLost.set(operations);
    }

    /** How many operations were sent, those that were lost among them. */
    int sent() {
        return sent.size();
    }

    /**
     * One of those that were sent comes now, as if the connection that it was in had been cut, and healed; to a lane that
     * remembers nothing.
     */
    Outcome comesNow(int number) {
        return LaneRig.await(lanes.lane(tables.url()).send(sent.get(number)));
    }

    Collection<String> metered() {
        return metered;
    }

    /** How purchases ended, as it was counted. */
    Collection<String> bought() {
        return bought;
    }

    static HttpRequest.Builder request(int port) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + StripeWebhook.PATH))
                .timeout(Duration.ofSeconds(30));
    }

    @CanIgnoreReturnValue
    HttpResponse<String> post(String event) throws InterruptedException, ExecutionException {
        return send(event).get();
    }

    CompletableFuture<HttpResponse<String>> send(String event) {
        return send(event, StripeEvents.signed(event));
    }

    CompletableFuture<HttpResponse<String>> send(String event, @Nullable String signature) {
        HttpRequest.Builder request = request(port).POST(BodyPublishers.ofString(event));
        if (signature != null) {
            request.header("Stripe-Signature", signature);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    /** What came of an event that was taken. */
    @CanIgnoreReturnValue
    String tell(String event) throws InterruptedException, ExecutionException {
        HttpResponse<String> reply = post(event);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return reply.body().replaceAll(".*\"outcome\":\"(\\w+)\".*", "$1");
    }

    /** Many at a time, some of which fail in between; what was not taken is sent again until it is. */
    void deliver(List<String> events, Random random) throws InterruptedException, ExecutionException {
        List<String> left = new ArrayList<>(events);
        while (!left.isEmpty()) {
            Semaphore twenty = new Semaphore(20);
            List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
            for (String event : left) {
                twenty.acquire();
                if (random.nextInt(10) == 0) {
                    instead.set(new Outcome.Unavailable(Outcome.Reason.TIMED_OUT, 1));
                }
                replies.add(send(event).whenComplete((_, _) -> twenty.release()));
            }
            List<String> again = new ArrayList<>();
            for (int i = 0; i < replies.size(); i++) {
                int status = replies.get(i).get().statusCode();
                assertThat(status).isIn(200, 503);
                if (status == 503) {
                    again.add(left.get(i));
                }
            }
            instead.set(null);
            left = again;
        }
    }

    @Override
    public void close() {
        lanes.close();
        LaneRig.await(vertx.close());
    }
}
