package dev.purser.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import dev.purser.fuzz.Wire.Reply;
import dev.purser.support.ContractDocument;

/** Sends so many requests at a node, several at a time. The seed decides all that the clients do. */
final class Fuzzer {

    private static final int WORKERS = 8;
    private static final int MOST_FAULTS = 20;
    private static final int SAY_EVERY = 10_000;

    private final int port;
    private final long seed;
    private final int requests;
    private final Tokens tokens;
    private final List<Operation> operations;
    private final ContractDocument contract;
    private final List<Card> deck = new ArrayList<>();
    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentSkipListMap<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicLong longest = new AtomicLong();
    private final long begun = System.nanoTime();

    Fuzzer(int port, String secret, long seed, int requests) throws IOException {
        this.port = port;
        this.seed = seed;
        this.requests = requests;
        this.tokens = new Tokens(secret);
        try (Wire wire = new Wire(port)) {
            Reply reply = wire.send("GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                    false);
            contract = new ContractDocument(reply == null ? "" : reply.body());
        }
        operations = Operation.all(contract);
        operations.forEach(operation -> deck.addAll(Card.of(operation)));
        Collections.shuffle(deck, new Random(seed));
    }

    /** What was found to be wrong; nothing, if all is well. */
    List<String> run() throws Exception {
        System.out.printf("%,d operations, %,d ways to go wrong, %,d requests%n", operations.size(), deck.size(),
                requests);
        try (ExecutorService threads = Executors.newFixedThreadPool(WORKERS)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int number = 0; number < WORKERS; number++) {
                int worker = number;
                workers.add(threads.submit(() -> {
                    work(worker);
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
        System.out.println(this);
        return List.copyOf(faults);
    }

    /** Half of what a worker sends is good, so that there is something to go wrong. */
    private void work(int worker) throws IOException {
        Scene scene = new Scene("w" + worker, seed * WORKERS + worker, tokens);
        Judge judge = new Judge(contract);
        int card = worker;
        try (Wire wire = new Wire(port)) {
            for (int i = 0; i < requests / WORKERS && faults.size() < MOST_FAULTS; i++) {
                switch (scene.random.nextInt(10)) {
                    case 0, 1, 2 -> good(wire, scene, judge);
                    case 3 -> again(wire, scene, judge);
                    case 4 -> many(wire, scene, judge);
                    default -> {
                        bad(wire, scene, judge, deck.get(card % deck.size()));
                        card += WORKERS;
                    }
                }
            }
        }
    }

    private void good(Wire wire, Scene scene, Judge judge) throws IOException {
        Draft draft = scene.draft(operations.get(scene.random.nextInt(operations.size())));
        Reply reply = send(wire, draft);
        note("good", draft, reply, judge.fault(draft, Cards.PROMISED, reply));
        if (reply != null) {
            scene.learn(draft, reply);
        }
    }

    private void bad(Wire wire, Scene scene, Judge judge, Card card) throws IOException {
        Draft draft = scene.draft(card.operation());
        if (card.expected() instanceof Expected.Only) {
            draft.query.clear();
        }
        card.change().accept(draft, scene);
        Reply reply = send(wire, draft);
        note(card.name(), draft, reply, judge.fault(draft, card.expected(), reply));
        if (card.expected().allowsClosing()) {
            wire.close();
        }
    }

    /** The same request under the same key, and now and then another under it. */
    private void again(Wire wire, Scene scene, Judge judge) throws IOException {
        Scene.Answered answered = scene.answered();
        if (answered == null) {
            good(wire, scene, judge);
            return;
        }
        Draft draft = answered.draft();
        if (scene.random.nextInt(4) > 0 || !draft.members.containsKey("amount")) {
            Reply reply = send(wire, draft);
            note("again", draft, reply, judge.replayFault(answered.reply(), reply));
            return;
        }
        String amount = draft.members.put("amount", "77777");
        Reply reply = send(wire, draft);
        note("another under its key", draft, reply, judge.fault(draft, Expected.Only.of(422), reply));
        draft.members.put("amount", String.valueOf(amount));
    }

    /** Several at once on one connection: each is answered, in their order. */
    private void many(Wire wire, Scene scene, Judge judge) throws IOException {
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < 1 + scene.random.nextInt(12); i++) {
            Draft draft = scene.draft(operations.get(scene.random.nextInt(operations.size())));
            draft.headers.add("X-Request-Id: n" + i);
            drafts.add(draft);
        }
        wire.close();
        for (Draft draft : drafts) {
            wire.write(draft.bytes());
        }
        for (Draft draft : drafts) {
            Reply reply = read(wire, draft);
            String id = reply == null ? "" : String.valueOf(reply.header("x-request-id"));
            note("one of several", draft, reply, draft.headers.contains("X-Request-Id: " + id)
                    ? judge.fault(draft, Cards.PROMISED, reply)
                    : "expected the answer to another: " + draft.headers);
            if (reply != null) {
                scene.learn(draft, reply);
            }
        }
    }

    private @Nullable Reply send(Wire wire, Draft draft) throws IOException {
        long from = System.nanoTime();
        try {
            return wire.send(draft.bytes(), draft.isHead());
        } catch (Wire.Hangs hangs) {
            faults.add("Expected an answer, but " + hangs.getMessage() + ":\n" + shown(draft));
            return null;
        } finally {
            longest.accumulateAndGet(System.nanoTime() - from, Math::max);
        }
    }

    private @Nullable Reply read(Wire wire, Draft draft) throws IOException {
        try {
            return wire.read(draft.isHead());
        } catch (Wire.Hangs hangs) {
            faults.add("Expected an answer, but " + hangs.getMessage() + ":\n" + shown(draft));
            return null;
        }
    }

    private void note(String what, Draft draft, @Nullable Reply reply, @Nullable String fault) {
        statuses.computeIfAbsent(reply == null ? 0 : reply.status(), _ -> new AtomicInteger()).incrementAndGet();
        if (fault != null) {
            faults.add("%s: %s%n%s%n--> %s".formatted(Bytes.shown(what), Bytes.shown(fault), shown(draft),
                    reply == null ? "" : Bytes.shown(reply.status() + " " + reply.headers() + " " + reply.body())));
        }
        int count = sent.incrementAndGet();
        if (count % SAY_EVERY == 0) {
            System.out.println(this);
        }
    }

    private static String shown(Draft draft) {
        return Bytes.shown(new String(draft.bytes(), StandardCharsets.ISO_8859_1));
    }

    @Override
    public String toString() {
        double seconds = (System.nanoTime() - begun) / 1e9;
        return "%,d requests in %.1f s, %,.0f a second; the slowest took %d ms; %d faults; answers %s".formatted(
                sent.get(), seconds, sent.get() / seconds, longest.get() / 1_000_000, faults.size(), statuses);
    }
}
