package dev.purser.support;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.purser.support.NodeClient.Reply;

/**
 * A Stripe whose buyers pay, get refunds and dispute: it tells of each payment by signed events, in no certain order, some
 * twice and some under two ids, and sends each again, to whichever node, until it is answered 200.
 */
public final class StripeLoad implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int AT_ONCE = 64;
    private static final long CHAPTER_MILLIS = 600;
    /** Chapters that are less than so far apart may be told in another order. */
    private static final int DISORDER_MILLIS = 1_500;
    private static final int AGAIN_MILLIS = 1_000;
    private static final long PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final String name;
    private final List<NodeClient> nodes;
    private final List<String> wallets;
    private final int perSecond;
    private final Random random;
    private final Thread arrivals = Thread.ofVirtual().name("payments").unstarted(this::arrive);
    private final ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Queue<PaymentStory> stories = new ConcurrentLinkedQueue<>();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Queue<String> notDone = new ConcurrentLinkedQueue<>();
    private final AtomicInteger tries = new AtomicInteger();
    /** Then all that is left is told at once. */
    private final CountDownLatch end = new CountDownLatch(1);

    private StripeLoad(String name, List<NodeClient> nodes, List<String> wallets, int perSecond, long seed) {
        this.name = name;
        this.nodes = nodes;
        this.wallets = wallets;
        this.perSecond = perSecond;
        this.random = new Random(seed);
    }

    /** Starts to tell these nodes of payments, so many a second, that bring tokens into these wallets. */
    public static StripeLoad start(String name, List<NodeClient> nodes, List<String> wallets, int perSecond,
            long seed) {
        StripeLoad load = new StripeLoad(name, nodes, wallets, perSecond, seed);
        load.arrivals.start();
        return load;
    }

    /** Begins no more payments, and comes back when all events of those that were begun are taken. */
    public void finish() throws InterruptedException {
        end.countDown();
        arrivals.join();
        deliveries.shutdown();
        assertThat(deliveries.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("all of %d events are taken in the end", sent.size()).isTrue();
    }

    /** Gives up whatever is under way. */
    @Override
    public void close() {
        end.countDown();
        try {
            arrivals.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        deliveries.shutdownNow();
    }

    /** What there was to tell, in words. */
    public String told() {
        return "%,d payments, told of by %,d events, sent %,d times".formatted(stories.size(), sent.size(),
                tries.get());
    }

    private void arrive() {
        try {
            int number = 0;
            do {
                PaymentStory story = PaymentStory.tell(number, "pi_" + name + "_" + number,
                        wallets.get(random.nextInt(wallets.size())), random);
                stories.add(story);
                for (int chapter = 0; chapter < story.chapters().size(); chapter++) {
                    long due = chapter * CHAPTER_MILLIS + random.nextInt(DISORDER_MILLIS);
                    story.chapters().get(chapter).forEach(event -> send(event, due));
                }
                number++;
            } while (!isOverWithin((long) (-Math.log(1 - random.nextDouble()) * 1e3 / perSecond)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOverWithin(long millis) throws InterruptedException {
        return end.await(millis, TimeUnit.MILLISECONDS);
    }

    private void send(String event, long dueMillis) {
        deliver(event, dueMillis);
        if (random.nextInt(3) == 0) {
            deliver(random.nextBoolean() ? event : event.replace("\"evt_", "\"evt_again_"),
                    dueMillis + random.nextInt(AGAIN_MILLIS));
        }
    }

    private void deliver(String event, long dueMillis) {
        sent.add(id(event));
        int first = random.nextInt(nodes.size());
        deliveries.execute(() -> {
            try {
                boolean _ = isOverWithin(dueMillis);
                insist(event, first);
            } catch (InterruptedException givenUp) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void insist(String event, int first) throws InterruptedException {
        long pause = PAUSE_MILLIS;
        for (int node = first; !isTaken(event, nodes.get(node % nodes.size())); node++) {
            TimeUnit.MILLISECONDS.sleep(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private boolean isTaken(String event, NodeClient node) throws InterruptedException {
        places.acquire();
        try {
            tries.incrementAndGet();
            Reply reply = node.tell(event);
            if (reply.status() == 200 && reply.text().contains("parked")) {
                notDone.add(event);
            }
            return reply.status() == 200;
        } catch (IOException noAnswer) {
            return false;
        } finally {
            places.release();
        }
    }

    private static String id(String event) {
        return event.substring(event.indexOf("evt_"), event.indexOf("\","));
    }

    /**
     * Checks, once all is told, that each payment was credited once and keeps as many tokens as it should by all that has
     * happened to it; and that no event was lost or left undone.
     */
    public void check(TestDatabase database) {
        assertThat(notDone).as("taken, but nothing was done").isEmpty();
        assertThat(database.texts("select event_id from webhook_events where outcome <> 'parked'"))
                .as("events that were answered well are kept, with what came of them").containsAll(sent);
        assertThat(database.texts("""
                select concat_ws(' ', payment_intent_id, wallet_id, tokens, bonus, refunded, disputed, frozen)
                  from payments where wallet_id like '%s-%%'""".formatted(name)))
                .as("what is credited for each payment, and what is taken back of it")
                .containsExactlyInAnyOrderElementsOf(stories.stream().map(StripeLoad::expected).toList());
        assertThat(database.texts("""
                select wallet_id || ' ' || sum(debt - amount) from entries
                 where kind in ('refund', 'dispute', 'reinstatement') and wallet_id like '%s-%%'
                 group by wallet_id""".formatted(name))).as("what is taken from each wallet")
                .containsAll(takenFromEach());
        assertThat(takenFromEach()).as("wallets from which something was taken back").isNotEmpty();
    }

    private static String expected(PaymentStory story) {
        return String.join(" ", story.paymentId(), story.wallet(), String.valueOf(story.pack().tokens()),
                String.valueOf(story.pack().bonus()), String.valueOf(story.tokensRefunded()),
                String.valueOf(story.tokensDisputed()), String.valueOf(story.tokensAtStake()));
    }

    private List<String> takenFromEach() {
        Map<String, Long> taken = stories.stream().collect(groupingBy(PaymentStory::wallet,
                summingLong(story -> story.tokensRefunded() + story.tokensDisputed())));
        return taken.entrySet().stream().filter(of -> of.getValue() > 0).map(of -> of.getKey() + " " + of.getValue())
                .toList();
    }
}
