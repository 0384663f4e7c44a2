package dev.purser.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.purser.catalog.Pack;
import dev.purser.support.FreePorts;
import dev.purser.support.LawChecker;
import dev.purser.support.Load;
import dev.purser.support.NodeProcess;
import dev.purser.support.Seed;
import dev.purser.support.StripeEvents;
import dev.purser.support.TestDatabase;

/**
 * Events of Stripe in any order, several times each, at nodes that are killed: what is not answered well is sent again, as
 * Stripe does, and in the end each payment has been credited once.
 */
@Timeout(120)
class PurchasesIT {

    private static final int PAYMENTS = 1_000;
    private static final int SENDERS = 12;
    private static final int KILLS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    /** Of conf/catalog.yaml. */
    private static final List<Pack> PACKS = List.of(new Pack("regular", 1_000, 0, 949, "usd", false),
            new Pack("generous", 5_000, 250, 4_499, "usd", false));

    private final TestDatabase database = TestDatabase.create();
    private final int[] ports = {FreePorts.next(), FreePorts.next()};
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<String> wallets = Load.wallets("buyer", 20);
    private final Random random = new Random(Seed.take("purchases"));
    private final BlockingQueue<String> due = new LinkedBlockingQueue<>();
    private final AtomicInteger taken = new AtomicInteger();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2)).build();

    @BeforeEach
    void startTwo() {
        for (int i = 0; i < ports.length; i++) {
            nodes.add(new NodeProcess("purchases-" + i, Map.of("PURSER_DATABASE_URL", database.url(),
                    "PURSER_CLUSTER_PORT", String.valueOf(ports[i]), "PURSER_CLUSTER_MEMBERS",
                    "127.0.0.1:" + ports[0] + ",127.0.0.1:" + ports[1], "STRIPE_WEBHOOK_SECRET", StripeEvents.SECRET,
                    "STRIPE_LIVE", "off")).start());
        }
        nodes.forEach(NodeProcess::awaitReady);
    }

    @AfterEach
    void endBoth() {
        nodes.forEach(NodeProcess::close);
    }

    @Test
    void shouldCreditEachPaymentOnceWhateverIsKilled() throws Exception {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < PAYMENTS; i++) {
            String event = StripeEvents.paid("evt_" + i, "pi_" + i, wallets.get(i % wallets.size()),
                    PACKS.get(i % PACKS.size()));
            Collections.addAll(events, event, event, event.replace("evt_", "evt_again_"));
        }
        Collections.shuffle(events, random);
        due.addAll(events);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            Random own = new Random(random.nextLong());
            senders.add(Thread.ofVirtual().start(() -> sendAll(own, events.size())));
        }
        for (int kill = 1; kill <= KILLS; kill++) {
            int enough = Math.min(taken.get() + random.nextInt(events.size() / (KILLS + 1)), events.size() - 1);
            await("events").atMost(PATIENCE).until(() -> taken.get() > enough);
            NodeProcess victim = nodes.get(random.nextInt(nodes.size()));
            victim.kill();
            victim.start().awaitReady();
        }
        for (Thread sender : senders) {
            sender.join();
        }

        LawChecker.check(database);
        assertThat(database.number("select count(*) from payments")).isEqualTo(PAYMENTS);
        assertThat(database.number("select sum(balance) from wallets")).isEqualTo(PAYMENTS / 2 * (1_000 + 5_250L));
        assertThat(database.number("select count(*) from webhook_events where outcome = 'credited'"))
                .isEqualTo(2 * PAYMENTS);
        assertThat(database.number("select count(*) from webhook_events")).isEqualTo(2 * PAYMENTS);
    }

    private void sendAll(Random own, int all) {
        while (taken.get() < all) {
            String event = next();
            if (event != null && isTaken(event, nodes.get(own.nextInt(nodes.size())))) {
                taken.incrementAndGet();
            } else if (event != null) {
                due.add(event);
            }
        }
    }

    private @Nullable String next() {
        try {
            return due.poll(1, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private boolean isTaken(String event, NodeProcess node) {
        HttpRequest request = HttpRequest
                .newBuilder(URI.create("http://127.0.0.1:" + node.httpPort() + "/api/v1/tokens/webhook/stripe"))
                .header("Stripe-Signature", StripeEvents.signed(event)).timeout(PATIENCE)
                .POST(BodyPublishers.ofString(event)).build();
        try {
            return client.send(request, BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException noAnswer) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
