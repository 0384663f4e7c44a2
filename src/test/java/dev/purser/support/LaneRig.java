package dev.purser.support;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import dev.purser.cluster.VertxLoop;
import dev.purser.journal.Database;
import dev.purser.journal.DatabaseSettings;
import dev.purser.journal.PgJournal;
import dev.purser.lane.Ids;
import dev.purser.lane.Lane;
import dev.purser.lane.LaneMeter;
import dev.purser.lane.LaneSettings;
import dev.purser.lane.OpKey;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Memo;
import dev.purser.wallet.Transfer;
import dev.purser.wallet.TransferKind;
import dev.purser.wallet.Wallet;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Real lanes over a real PostgreSQL, without HTTP and without a cluster. Each lane believes that it owns every wallet. */
public final class LaneRig implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final List<PgJournal> journals = new CopyOnWriteArrayList<>();

    /** A lane of its own, on a thread and a connection of its own. */
    public TestLane lane(String databaseUrl, LaneSettings settings, LaneMeter meter) {
        return lane(Defaults.database(databaseUrl), settings, meter);
    }

    public TestLane lane(String databaseUrl) {
        return lane(databaseUrl, Defaults.LANE, LaneMeter.NONE);
    }

    public TestLane lane(DatabaseSettings database, LaneSettings settings, LaneMeter meter) {
        return lane(new Database(vertx, database), settings, meter);
    }

    private TestLane lane(Database database, LaneSettings settings, LaneMeter meter) {
        Promise<TestLane> started = Promise.promise();
        vertx.deployVerticle(new io.vertx.core.VerticleBase() {
            @Override
            public Future<?> start() {
                PgJournal journal = new PgJournal(vertx, database);
                journals.add(journal);
                Lane lane = new Lane(new VertxLoop(context), journal, OwnsAll.FOR_LONG, settings, meter, Ids::next);
                started.complete(new TestLane(context, lane, journal));
                return Future.succeededFuture();
            }
        }).onFailure(started::tryFail);
        return await(started.future());
    }

    @CanIgnoreReturnValue
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("Expected an answer, but " + e, e);
        }
    }

    @Override
    public void close() {
        journals.forEach(journal -> await(journal.close()));
        await(vertx.close());
    }

    /** A lane that may be called from any thread, in the words of tests. */
    public record TestLane(Context context, Lane lane, PgJournal journal) {

        public Future<Outcome> send(Operation operation) {
            Promise<Outcome> answer = Promise.promise();
            context.runOnContext(go -> lane.submit(operation).onComplete(answer));
            return answer.future();
        }

        public Future<Outcome> send(String wallet, Command command) {
            return send(new Operation(Ids.next(), wallet, null, new Authority.House(), command));
        }

        public Future<Outcome> send(String wallet, OpKey key, Command command) {
            return send(new Operation(Ids.next(), wallet, key, new Authority.House(), command));
        }

        public Outcome call(String wallet, Command command) {
            return await(send(wallet, command));
        }

        public Future<Outcome> spend(String wallet, long amount) {
            return send(wallet, new Command.Spend(amount, Memo.NONE));
        }

        public void credit(String wallet, long amount) {
            Outcome outcome = call(wallet, new Command.Credit(amount, LotSource.PURCHASED, null, Memo.NONE));
            if (!(outcome instanceof Outcome.Done)) {
                throw new AssertionError("Expected a credit, but got " + outcome);
            }
        }

        /** Has a wallet send tokens, and answers what is in the post then. */
        public Transfer give(TransferKind kind, String from, String to, long amount) {
            return give(kind, from, to, amount, null);
        }

        public Transfer give(TransferKind kind, String from, String to, long amount, @Nullable String message) {
            Transfer asked = new Transfer(Transfer.UNNAMED, kind, from, to, amount, null, message);
            if (call(from, new Command.Send(asked, null)) instanceof Outcome.Done(var receipt, var _, var _)) {
                return Transfer.of(kind, from, receipt);
            }
            throw new AssertionError("Expected " + from + " to send " + amount);
        }

        /** Has the lane load a wallet. */
        public void touch(String wallet) {
            Wallet seen = look(wallet);
            assert seen.id().equals(wallet);
        }

        public Wallet look(String wallet) {
            if (call(wallet, new Command.Look()) instanceof Outcome.Seen(var seen, var _)) {
                return seen;
            }
            throw new AssertionError("Expected to see wallet " + wallet);
        }

        /** Ends the lane as a leaving node does, answering what it had taken in. */
        public void drain() {
            Promise<Void> drained = Promise.promise();
            context.runOnContext(go -> lane.drain().compose(done -> journal.close()).onComplete(drained));
            await(drained.future());
        }
    }

    /** Bounds small enough to be reached. */
    public static LaneSettings patience(Duration patience) {
        LaneSettings d = Defaults.LANE;
        return new LaneSettings(d.mailboxOperations(), d.mailboxBytes(), d.queueTime(), d.batchOperations(),
                d.batchBytes(), patience,
                d.idle(), d.wallets(), d.recentKeys(), d.rateLimits(), d.terms());
    }
}
