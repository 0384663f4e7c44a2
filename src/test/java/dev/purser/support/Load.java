package dev.purser.support;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import dev.purser.support.ClientLog.Heard;
import io.vertx.core.json.JsonObject;

/**
 * Clients that spend, credit, hold, settle, give and look, one by one and in batches, half of the time with a key, mostly at the
 * first of the wallets. What they may try again they do, each time at the next node, and all of it goes into the log.
 */
public final class Load implements AutoCloseable {

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 5_000_000;
    /** What a 503 asks for, see Retry-After. */
    private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;
    private static final int HOLDS_KEPT = 100;
    private static final int MOST_SPENT = 20;

    private final String run = "run" + RUNS.incrementAndGet();
    private final List<LoggingClient> nodes;
    private final List<String> wallets;
    private final Pace pace;
    private final int mostSpent;
    private final Random random;
    private final Zipf popularity;
    private final Semaphore places;
    private final Queue<Intent> holds = new ConcurrentLinkedQueue<>();
    private final Thread arrivals;
    private int intents;
    private int visits;
    private volatile boolean going = true;
    private volatile boolean patient = true;

    private Load(ClientLog log, List<NodeClient> nodes, List<String> wallets, Pace pace, long seed,
            int mostSpent) {
        this.nodes = nodes.stream().map(node -> new LoggingClient(node, log)).toList();
        this.wallets = wallets;
        this.pace = pace;
        this.mostSpent = mostSpent;
        this.random = new Random(seed);
        this.popularity = new Zipf(wallets.size());
        this.places = new Semaphore(pace.atOnce());
        this.arrivals = Thread.ofVirtual().name("arrivals").unstarted(this::arrive);
    }

    /** Starts to ask these nodes. What is asked for depends on {@code seed}, when it happens on the machine. */
    public static Load start(ClientLog log, List<NodeClient> nodes, List<String> wallets, Pace pace, long seed) {
        return start(log, nodes, wallets, pace, seed, MOST_SPENT);
    }

    /** The same with spends of up to so many tokens. */
    public static Load start(ClientLog log, List<NodeClient> nodes, List<String> wallets, Pace pace, long seed,
            int mostSpent) {
        Load load = new Load(log, nodes, wallets, pace, seed, mostSpent);
        load.arrivals.start();
        return load;
    }

    /** A number of wallets, named after what they are for. */
    public static List<String> wallets(String purpose, int count) {
        return IntStream.range(0, count).mapToObj(number -> purpose + "-" + number).toList();
    }

    /** Lets the clients finish: what has a key is asked for until it is known what became of it. */
    public void finish() throws InterruptedException {
        going = false;
        if (!arrivals.join(PATIENCE) || !places.tryAcquire(pace.atOnce(), PATIENCE.toSeconds() * 2, TimeUnit.SECONDS)) {
            throw new AssertionError("Expected all clients to finish");
        }
    }

    /** Lets the clients finish the calls that they are at, without trying any again. */
    public void abandon() throws InterruptedException {
        close();
        finish();
    }

    /** The same, but nobody waits for them. */
    @Override
    public void close() {
        going = false;
        patient = false;
    }

    private void arrive() {
        try {
            long due = System.nanoTime();
            for (int arrival = 0; going; arrival++) {
                due = awaitTurn(due);
                if (pace.isOpen() && !places.tryAcquire()) {
                    continue;
                }
                if (!pace.isOpen()) {
                    places.acquire();
                }
                begin(next(arrival));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** In a place that is taken. */
    private void begin(Runnable work) {
        Thread.ofVirtual().start(() -> {
            try {
                work.run();
            } finally {
                places.release();
            }
        });
    }

    /**
     * Has somebody ask for each of the wallets now: how long one is not served shall not depend on when the next who wants it
     * happens to come by.
     */
    public void visitAll() throws InterruptedException {
        for (int i = 0; i < wallets.size(); i++) {
            int node = i;
            String tag = run + "-visit-" + visits++;
            Intent visit = Intent.credit(wallets.get(i), 1, tag).keyed("key:" + tag);
            places.acquire();
            begin(() -> carryOut(node, visit));
        }
    }

    /** Waits until the next one is due, which does not depend on when the last one came. */
    private long awaitTurn(long due) {
        if (!pace.isOpen()) {
            return due;
        }
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
        double gap = -Math.log(1 - random.nextDouble()) * 1e9 / pace.perSecond();
        return due + (long) gap;
    }

    /** Chosen here, one after another, so that the same seed chooses the same. */
    private Runnable next(int node) {
        String wallet = wallet();
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> () -> look(node, wallet);
            case 4 -> {
                List<Intent> batch = IntStream.range(0, 2 + random.nextInt(8)).mapToObj(i -> intent()).toList();
                yield () -> carryOutTogether(node, batch);
            }
            case 5, 6 -> {
                Intent gift = keyedOrNot(gift());
                yield () -> carryOut(node, gift);
            }
            default -> {
                Intent intent = intent();
                yield () -> carryOut(node, intent);
            }
        };
    }

    private Intent intent() {
        return keyedOrNot(anything());
    }

    private Intent gift() {
        String from = wallet();
        String to = wallet();
        while (to.equals(from)) {
            to = wallet();
        }
        return Intent.gift(from, to, 1 + random.nextInt(20), run + "-" + intents++);
    }

    private Intent keyedOrNot(Intent intent) {
        return random.nextBoolean() ? intent.keyed("key:" + intent.tag()) : intent;
    }

    private Intent anything() {
        String tag = run + "-" + intents++;
        Intent hold = random.nextInt(6) == 0 || holds.size() > HOLDS_KEPT ? holds.poll() : null;
        if (hold != null) {
            long part = random.nextLong(hold.held() + 1);
            return Intent.settle(hold.wallet(), String.valueOf(hold.holdId()), hold.held(), part, tag);
        }
        return switch (random.nextInt(10)) {
            case 0, 1 -> Intent.credit(wallet(), 1 + random.nextInt(500), tag);
            case 2, 3 -> Intent.hold(wallet(), 1 + random.nextInt(50), tag);
            default -> Intent.spend(wallet(), 1 + random.nextInt(mostSpent), tag);
        };
    }

    private String wallet() {
        return wallets.get(popularity.next(random));
    }

    private LoggingClient at(int index) {
        return nodes.get(index % nodes.size());
    }

    private void look(int node, String wallet) {
        try {
            at(node).look(wallet);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryOut(int node, Intent intent) {
        try {
            carryOn(node, intent, at(node).send(intent));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a batch leaves undone is asked for one by one. */
    private void carryOutTogether(int node, List<Intent> intents) {
        try {
            List<Heard> heard = at(node).send(intents);
            for (int i = 0; i < intents.size(); i++) {
                carryOn(node, intents.get(i), heard.get(i));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void carryOn(int firstNode, Intent intent, Heard first) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long pause = PAUSE_NANOS;
        int node = firstNode;
        Heard heard = first;
        while (mayBeTriedAgain(intent, heard) && patient && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
            node++;
            heard = at(node).send(intent);
        }
        if (intent.kind() == Intent.Kind.HOLD && heard instanceof Heard.Acknowledged acknowledged) {
            String holdId = new JsonObject(acknowledged.reply()).getJsonObject("hold").getString("id");
            holds.add(new Intent(intent.kind(), intent.wallet(), 0, intent.held(), intent.tag(), null, holdId, null));
        }
    }

    private static boolean mayBeTriedAgain(Intent intent, Heard heard) {
        return switch (heard) {
            case Heard.Acknowledged _ -> false;
            case Heard.Refused(var again, _) -> again;
            case Heard.Unknown _ -> intent.key() != null;
        };
    }
}
