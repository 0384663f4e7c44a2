package dev.purser.bench.batches;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

import org.jspecify.annotations.Nullable;

import dev.purser.journal.Database;
import dev.purser.journal.DatabaseSettings;
import dev.purser.journal.PgJournal;
import dev.purser.journal.Schema;
import dev.purser.lane.Batch;
import dev.purser.lane.Batch.Posting;
import dev.purser.lane.Batch.Write;
import dev.purser.lane.Ids;
import dev.purser.lane.Journal.Written;
import dev.purser.lane.OpKey;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Decision;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Rules;
import dev.purser.wallet.Terms;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;
import dev.purser.wallet.Wallet;
import io.vertx.core.Vertx;

/** Commits a batch for each line that it reads, such as {@code TIPS 110}, and says when it is done. */
public final class BatchServer {

    private static final int WALLETS = 100_000;
    private static final int AT_ONCE = 1_000;
    private static final String CREATOR = "creator";
    /** Of a parcel; by hand, since a build from before there were any may be at work here. */
    private static final int PLACES = 63;
    private static final String FINGERPRINT = "x".repeat(43);
    private static final Authority HOUSE = new Authority.House();
    private static final Instant FOR_EVER = Instant.parse("9999-01-01T00:00:00Z");

    private final PgJournal journal;
    private final Map<String, Wallet> wallets = new TreeMap<>();
    private final Random random = new Random(7);
    private List<Transfer> post = new ArrayList<>();

    private BatchServer(PgJournal journal) {
        this.journal = journal;
    }

    /**
     * Serves until its input ends.
     *
     * @param args the database, which is empty
     */
    public static void main(String[] args) throws IOException, ExecutionException, InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler((_, failure) -> {
            failure.printStackTrace();
            System.exit(1);
        });
        serve(args[0]);
        System.exit(0);
    }

    private static void serve(String url) throws IOException, ExecutionException, InterruptedException {
        Schema.migrate(url);
        Vertx vertx = Vertx.vertx();
        DatabaseSettings settings = new DatabaseSettings(url, 4, 512, Duration.ofSeconds(10),
                Duration.ofSeconds(10));
        BatchServer server = new BatchServer(new PgJournal(vertx, new Database(vertx, settings)));
        server.fill();
        System.out.println("ready");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] part = line.split(" ", -1);
                server.commit(Shape.valueOf(part[0]), Integer.parseInt(part[1]));
                System.out.println("done");
            }
        }
    }

    private void fill() throws ExecutionException, InterruptedException {
        for (int first = 0; first < WALLETS; first += AT_ONCE) {
            Turns turns = new Turns();
            for (int i = first; i < first + AT_ONCE; i++) {
                turns.carryOut(id(i), null,
                        new Command.Credit(1_000_000_000, LotSource.PURCHASED, null, Memo.NONE));
            }
            turns.commit();
        }
    }

    private static String id(int number) {
        return "wallet-%08d".formatted(number);
    }

    private void commit(Shape shape, int size) throws ExecutionException, InterruptedException {
        Turns turns = new Turns();
        switch (shape) {
            case ONE_WALLET -> {
                for (int i = 0; i < size; i++) {
                    turns.carryOut(id(0), null, new Command.Spend(1, Memo.NONE));
                }
            }
            case KEYED -> {
                for (int i = 0; i < size; i++) {
                    turns.carryOut(id(0), OpKey.ofClient("fan", "key-" + Ids.next(), FINGERPRINT),
                            new Command.Spend(1, Memo.NONE));
                }
            }
            case MANY_WALLETS -> {
                for (int i = 0; i < size; i++) {
                    turns.carryOut(id(random.nextInt(WALLETS)), null, new Command.Spend(1, Memo.NONE));
                }
            }
            case TIPS -> tips(turns, size);
        }
        turns.commit();
    }

    private void tips(Turns turns, int size) {
        List<Transfer> brought = post;
        post = new ArrayList<>();
        String parcel = "";
        for (int i = 0; i < size; i++) {
            int place = i % PLACES;
            parcel = place == 0 ? Ids.next("tr_") : parcel;
            Transfer tip = new Transfer(place == 0 ? parcel : parcel + "~" + place, TransferKind.TIP,
                    id(random.nextInt(WALLETS)), CREATOR, 1, "stage", null);
            turns.carryOut(tip.from(), null, new Command.Send(tip, null));
            post.add(tip);
        }
        brought.forEach(tip -> turns.carryOut(CREATOR, OpKey.ofTransfer(tip), new Command.Receive(tip)));
    }

    /** What a batch decides, wallet by wallet. */
    private final class Turns {

        private final Instant now = Instant.now();
        private final Map<String, Wallet> before = new TreeMap<>();
        private final Map<String, List<Posting>> postings = new TreeMap<>();

        void carryOut(String id, @Nullable OpKey key, Command command) {
            Wallet wallet = wallets.computeIfAbsent(id, Wallet::empty);
            before.putIfAbsent(id, wallet);
            Decision.Accepted accepted = (Decision.Accepted) Rules.decide(wallet, command, HOUSE, now,
                    Terms.FREE);
            wallets.put(id, accepted.after());
            postings.computeIfAbsent(id, _ -> new ArrayList<>())
                    .add(new Posting(Ids.next(), key, accepted.receipt(), accepted.facts()));
        }

        void commit() throws ExecutionException, InterruptedException {
            List<Write> writes = new ArrayList<>();
            before.forEach((id, wallet) -> writes.add(new Write(wallet.version(), wallet.version() == 0 ? 0 : 1,
                    wallets.getOrDefault(id, wallet), postings.getOrDefault(id, List.of()))));
            Written written = journal.commit(new Batch(writes, FOR_EVER)).toCompletionStage().toCompletableFuture()
                    .get();
            if (!(written instanceof Written.Committed(var missed, var taken) && missed.isEmpty() && taken.isEmpty())) {
                throw new IllegalStateException("Expected all of the batch to be written, but " + written);
            }
        }
    }
}
