package dev.purser.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.lane.Outcome;
import dev.purser.support.Defaults;
import dev.purser.support.LaneRig.TestLane;
import dev.purser.support.LawChecker;
import dev.purser.support.Seed;
import dev.purser.support.StripeEvents;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Command;

/** Events over real HTTP, into real wallets over a real PostgreSQL. */
@Timeout(120)
class StripeWebhookTest {

    private final WebhookRig rig = new WebhookRig();
    private final TestDatabase tables = rig.tables();
    private final TestLane lane = rig.lane();
    private final AtomicReference<@Nullable Outcome> instead = rig.instead();

    @AfterEach
    void obeyTheLaws() {
        LawChecker.check(tables);
        rig.close();
    }

    @Test
    void shouldCreditAPaymentAndKeepItsEvent() throws Exception {
        String event = StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.LARGE);

        HttpResponse<String> reply = post(event);

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("{\"outcome\":\"credited\"}");
        assertThat(lane.look("ada").balance()).isEqualTo(5_250);
        assertThat(tables.number("select count(*) from payments where payment_intent_id = 'pi_1' and wallet_id = 'ada'"
                + " and tokens = 5000 and bonus = 250 and price = 4499 and currency = 'usd' and payer is null"))
                .isOne();
        assertThat(tables.number("select count(*) from webhook_events where event_id = 'evt_1' and attempts = 1"
                + " and outcome = 'credited' and processed_at is not null and payload = '" + event + "'")).isOne();
        assertThat(rig.metered()).containsExactly("stripe credited");
    }

    @Test
    void shouldCreditOnceHoweverOftenAndByHoweverManyEventsItIsTold() throws Exception {
        Semaphore fifty = new Semaphore(50);
        List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            fifty.acquire();
            replies.add(send(StripeEvents.paid("evt_" + i % 3, "pi_1", "ada", Defaults.SMALL))
                    .whenComplete((_, _) -> fifty.release()));
        }
        assertThat(replies).allSatisfy(reply -> assertThat(reply.get().statusCode()).isEqualTo(200));
        assertThat(lane.look("ada").balance()).isEqualTo(500);
        assertThat(lane.look("ada").version()).isOne();
        assertThat(tables.number("select sum(attempts) from webhook_events")).isEqualTo(1_000);
    }

    @Test
    void shouldComeToTheSameInWhateverOrderAndHoweverOftenEventsCome() throws Exception {
        Random random = new Random(Seed.take("shuffled payments"));
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String event = StripeEvents.paid("evt_" + i, "pi_" + i, "w" + i % 7,
                    i % 2 == 0 ? Defaults.SMALL : Defaults.LARGE);
            Collections.addAll(events, event, event, event.replace("evt_", "evt_again_"),
                    event.replace("evt_", "evt_p_").replace("succeeded\",\"livemode", "processing\",\"livemode"));
        }
        Collections.shuffle(events, random);
        List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
        for (String event : events) {
            if (random.nextInt(10) == 0) {
                instead.set(new Outcome.Unavailable(Outcome.Reason.TIMED_OUT, 1));
            }
            replies.add(send(event));
        }
        List<String> again = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            if (replies.get(i).get().statusCode() != 200) {
                again.add(events.get(i));
            }
        }
        instead.set(null);
        for (String event : again) {
            assertThat(post(event).statusCode()).isEqualTo(200);
        }
        for (int w = 0; w < 7; w++) {
            long expected = 0;
            for (int i = w; i < 60; i += 7) {
                expected += i % 2 == 0 ? 500 : 5_250;
            }
            assertThat(lane.look("w" + w).balance()).as("w" + w).isEqualTo(expected);
        }
    }

    /** As after a crash between the two: the event is kept, and nothing came of it yet. */
    @Test
    void shouldCarryOutWhatWasOnlyKept() throws Exception {
        String event = StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.SMALL);
        instead.set(new Outcome.Unavailable(Outcome.Reason.DATABASE_UNAVAILABLE, 1));

        HttpResponse<String> failed = post(event);

        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(failed.body()).contains("\"retryable\":true");
        assertThat(tables.number("select count(*) from webhook_events where processed_at is null")).isOne();
        assertThat(post(event).body()).isEqualTo("{\"outcome\":\"credited\"}");
        assertThat(post(event).body()).isEqualTo("{\"outcome\":\"repeated\"}");
        assertThat(lane.look("ada").balance()).isEqualTo(500);
    }

    /** As after a crash between the credit and the note of it. */
    @Test
    void shouldNotCreditAgainWhatWasCreditedButNotNoted() throws Exception {
        String event = StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.SMALL);
        assertThat(post(event).statusCode()).isEqualTo(200);
        tables.execute("update webhook_events set processed_at = null, outcome = null");

        assertThat(post(event).body()).isEqualTo("{\"outcome\":\"credited\"}");

        assertThat(lane.look("ada").version()).isOne();
    }

    @Test
    void shouldCreditAPaymentToOneWalletEvenIfItIsToldOfTwo() throws Exception {
        assertThat(post(StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.SMALL)).statusCode()).isEqualTo(200);

        assertThat(post(StripeEvents.paid("evt_2", "pi_1", "eve", Defaults.SMALL)).body())
                .isEqualTo("{\"outcome\":\"parked\"}");

        assertThat(lane.look("eve").balance()).isZero();
        assertThat(lane.look("ada").balance()).isEqualTo(500);
    }

    @Test
    void shouldParkWhatIsNotRightAndLookAtItAnewWhenItIsSentAgain() throws Exception {
        String event = StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.SMALL);
        String cheap = event.replace("\"amount\":499", "\"amount\":1");

        assertThat(post(cheap).body()).isEqualTo("{\"outcome\":\"parked\"}");

        assertThat(tables.number("select count(*) from webhook_events where outcome = 'parked' and reason like"
                + " 'Expected 499 usd for the pack small, but 499 of 1 usd were paid'")).isOne();
        assertThat(lane.look("ada").balance()).isZero();
        assertThat(post(event).body()).isEqualTo("{\"outcome\":\"credited\"}");
        assertThat(tables.number("select count(*) from webhook_events where outcome = 'credited' and reason is null"))
                .isOne();
    }

    @Test
    void shouldParkAPaymentForAClosedWallet() throws Exception {
        assertThat(lane.call("ada", new Command.Close("gone", false))).isInstanceOf(Outcome.Done.class);

        assertThat(post(StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.SMALL)).body())
                .isEqualTo("{\"outcome\":\"parked\"}");
    }

    @Test
    void shouldRefuseWhatIsNotStripesAndKeepNothingOfIt() throws Exception {
        String event = StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.SMALL);
        long now = Instant.now().getEpochSecond();
        assertRefused(send(event, null));
        assertRefused(send(event, StripeEvents.signed(event, now, "whsec_of_somebody_else_entirely")));
        assertRefused(send(event, StripeEvents.signed(event, now - 400, StripeEvents.SECRET)));
        assertRefused(send(event.substring(0, 60), StripeEvents.signed(event)));
        assertRefused(send(event + " ", StripeEvents.signed(event)));
        for (String other : List.of("", "[]", "7", "null", "{", "{\"id\":\"evt_1\"}", "{\"id\":7,\"type\":\"a\"}",
                "[".repeat(100_000), "{\"id\":\"evt_\\u0000\",\"type\":\"a\\u0000\"}", event + "x")) {
            assertRefused(send(other, StripeEvents.signed(other)));
        }
        String large = event.replace("\"object\":\"event\"", "\"object\":\"" + "e".repeat(300_000) + "\"");
        assertRefused(send(large, StripeEvents.signed(large)));
        assertThat(tables.number("select count(*) from webhook_events")).isZero();
        assertThat(lane.look("ada").balance()).isZero();
    }

    @Test
    void shouldTakeNothingWithoutASecret() throws Exception {
        int unset = rig.listen(List.of());
        String event = StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.SMALL);
        HttpResponse<String> reply = rig.client().send(
                WebhookRig.request(unset).header("Stripe-Signature", StripeEvents.signed(event))
                        .POST(BodyPublishers.ofString(event))
                        .build(),
                BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.body()).contains("STRIPE_WEBHOOK_SECRET");
        assertThat(rig.client()
                .send(WebhookRig.request(rig.port()).GET().build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void shouldKeepNoConnectionOpen() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(("POST " + StripeWebhook.PATH + " HTTP/1.1\r\nHost: x\r\n"
                    + "Content-Length: 2\r\nConnection: keep-alive\r\n\r\n{}").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400 ").contains("Stripe-Signature is missing");
        }
    }

    /** Anybody can begin to send something; that keeps no event of Stripe's out. */
    @Test
    void shouldMakeRoomForWhoeverIsQuick() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port());
                slow.add(socket);
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write(("POST " + StripeWebhook.PATH + " HTTP/1.1\r\nHost: x\r\n"
                        + "Content-Length: 99\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
            }
            // The first one has made room for one of the last.
            assertThat(new String(slow.getFirst().getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 503 ");
            assertThat(post(StripeEvents.paid("evt_1", "pi_1", "ada", Defaults.SMALL)).body())
                    .isEqualTo("{\"outcome\":\"credited\"}");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static void assertRefused(CompletableFuture<HttpResponse<String>> reply) throws Exception {
        assertThat(reply.get().statusCode()).as(reply.get().body()).isEqualTo(400);
        assertThat(reply.get().headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    private HttpResponse<String> post(String event) throws Exception {
        return rig.post(event);
    }

    private CompletableFuture<HttpResponse<String>> send(String event) {
        return rig.send(event);
    }

    private CompletableFuture<HttpResponse<String>> send(String event, @Nullable String signature) {
        return rig.send(event, signature);
    }
}
