package dev.purser.support;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import dev.purser.support.ClientLog.Heard;
import io.vertx.core.json.JsonObject;

/**
 * Clients that spend, credit, hold, settle and look as fast as they are answered, half of the time with a key. What they
 * may try again they do, each time at the next node, and all of it goes into the log.
 */
public final class Load {

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 5_000_000;
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;

    private final String run = "run" + RUNS.incrementAndGet();
    private final List<LoggingClient> nodes;
    private final List<String> wallets;
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean going = true;
    private volatile boolean patient = true;

    private Load(ClientLog log, List<NodeClient> nodes, List<String> wallets) {
        this.nodes = nodes.stream().map(node -> new LoggingClient(node, log)).toList();
        this.wallets = wallets;
    }

    /** Starts so many clients of these nodes. What they choose depends on {@code seed}, when they do it on the machine. */
    public static Load start(ClientLog log, List<NodeClient> nodes, List<String> wallets, int count, long seed) {
        Load load = new Load(log, nodes, wallets);
        IntStream.range(0, count).forEach(number -> load.clients.add(Thread.ofVirtual().name("client-" + number)
                .start(load.new Client(number, new Random(31 * seed + number)))));
        return load;
    }

    /** A number of wallets, named after what they are for. */
    public static List<String> wallets(String purpose, int count) {
        return IntStream.range(0, count).mapToObj(number -> purpose + "-" + number).toList();
    }

    /** Lets the clients finish: what has a key is asked for until it is known what became of it. */
    public void finish() throws InterruptedException {
        going = false;
        for (Thread client : clients) {
            if (!client.join(PATIENCE.plus(PATIENCE))) {
                throw new AssertionError("Expected " + client + " to finish");
            }
        }
    }

    /** Lets the clients finish the calls that they are at, without trying any again. */
    public void abandon() throws InterruptedException {
        patient = false;
        finish();
    }

    /** One client, with intents of its own. */
    private final class Client implements Runnable {

        private final int number;
        private final Random random;
        private final Deque<Intent> holds = new ArrayDeque<>();
        private int intents;
        private int node;

        Client(int number, Random random) {
            this.number = number;
            this.random = random;
            this.node = number;
        }

        @Override
        public void run() {
            try {
                while (going) {
                    if (random.nextInt(10) == 0) {
                        at(node).look(wallet());
                    } else {
                        carryOut(random.nextBoolean() ? keyed(next()) : next());
                    }
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        private Intent next() {
            String tag = run + "-" + number + "-" + intents++;
            Intent hold = holds.size() > 3 || (random.nextInt(6) == 0) ? holds.poll() : null;
            if (hold != null) {
                long part = random.nextLong(hold.held() + 1);
                return Intent.settle(hold.wallet(), String.valueOf(hold.holdId()), hold.held(), part, tag);
            }
            return switch (random.nextInt(10)) {
                case 0, 1 -> Intent.credit(wallet(), 1 + random.nextInt(500), tag);
                case 2, 3 -> Intent.hold(wallet(), 1 + random.nextInt(50), tag);
                default -> Intent.spend(wallet(), 1 + random.nextInt(20), tag);
            };
        }

        private Intent keyed(Intent intent) {
            return intent.keyed("key:" + intent.tag());
        }

        private String wallet() {
            return wallets.get(random.nextInt(wallets.size()));
        }

        private LoggingClient at(int index) {
            return nodes.get(index % nodes.size());
        }

        private void carryOut(Intent intent) throws InterruptedException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            long pause = PAUSE_NANOS;
            Heard heard = at(node).send(intent);
            while (mayBeTriedAgain(intent, heard) && patient && System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(pause);
                pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
                node++;
                heard = at(node).send(intent);
            }
            if (intent.kind() == Intent.Kind.HOLD && heard instanceof Heard.Acknowledged acknowledged) {
                String holdId = new JsonObject(acknowledged.reply()).getJsonObject("hold").getString("id");
                holds.add(new Intent(intent.kind(), intent.wallet(), 0, intent.held(), intent.tag(), null, holdId));
            }
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
