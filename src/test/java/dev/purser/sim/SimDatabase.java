package dev.purser.sim;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import dev.purser.lane.Batch;
import dev.purser.lane.Deeds;
import dev.purser.lane.Journal;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * A node's connections to the store, over a network that delays, drops, and delivers late: one for the journal, and one for
 * the deeds, which goes on when the other does not, and the other way round.
 */
final class SimDatabase implements Journal, Deeds {

    static final long DEADLINE = World.SECOND;

    private final World world;
    private final SimNode node;
    private final Store store;
    private final DeedBook book;
    private final Odds odds;
    private final Way toJournal;
    private final Way toDeeds;

    /** How often what goes wrong, as shares of all requests. */
    record Odds(double noAnswer, double late, double never, double notNow, double failedRead, double slow,
            double hiccup) {

        static final Odds NONE = new Odds(0, 0, 0, 0, 0, 0, 0);
        static final Odds BAD = new Odds(0.002, 0.004, 0.002, 0.002, 0.002, 0.004, 0.000_02);
    }

    SimDatabase(World world, SimNode node, Store store, DeedBook book, Odds odds) {
        this.world = world;
        this.node = node;
        this.store = store;
        this.book = book;
        this.odds = odds;
        this.toJournal = new Way(world, odds.slow());
        this.toDeeds = new Way(world, odds.slow());
    }

    Way toJournal() {
        return toJournal;
    }

    Way toDeeds() {
        return toDeeds;
    }

    @Override
    public Future<List<Stored>> load(List<String> walletIds) {
        return ask(toJournal, () -> store.tables().load(walletIds));
    }

    @Override
    public Future<List<Stored>> claim(List<String> walletIds) {
        return ask(toJournal, () -> {
            store.tables().fence(walletIds);
            return List.<Stored>of();
        }).compose(fenced -> load(walletIds));
    }

    @Override
    public Future<Written> commit(Batch batch) {
        Promise<Written> answer = Promise.promise();
        if (world.chance(odds.notNow())) {
            reply(toJournal, () -> answer.complete(new Written.NotApplied(new IllegalStateException("not now"))));
            return answer.future();
        }
        long arrival = world.chance(odds.late()) ? DEADLINE + world.between(0, 3 * World.SECOND) : toJournal.travel();
        boolean arrives = !world.chance(odds.never());
        boolean answered = !world.chance(odds.noAnswer());
        world.after(arrival, () -> {
            if (arrives && !store.isDown()) {
                Written written = store.tables().commit(batch, book.clock());
                if (answered) {
                    reply(toJournal, () -> answer.tryComplete(written));
                }
            }
        });
        world.after(DEADLINE, () -> node.execute(
                () -> answer.tryComplete(new Written.Unknown(new IllegalStateException("no answer")))));
        return answer.future();
    }

    @Override
    public Future<Set<String>> settle(Batch batch) {
        return ask(toJournal, () -> {
            store.tables().fence(batch.writes().stream().map(Batch.Write::walletId).toList());
            return batch;
        }).compose(fenced -> ask(toJournal, () -> store.written(batch)));
    }

    @Override
    public Future<List<Taken>> findKeys(List<KeyName> keys) {
        return ask(toJournal, () -> store.tables().find(keys));
    }

    @Override
    public Future<Holdings> renew(String name) {
        return ask(toDeeds, () -> book.renew(name));
    }

    @Override
    public Future<Void> take(String name, Collection<Integer> partitions) {
        return ask(toDeeds, () -> {
            book.take(name, partitions);
            return name;
        }).mapEmpty();
    }

    @Override
    public Future<Void> leave(String name, Map<Integer, Integer> settled) {
        return ask(toDeeds, () -> {
            book.leave(name, settled);
            return name;
        }).mapEmpty();
    }

    /** A statement that may be tried again: it fails, or it is carried out and the answer comes, or does not come. */
    private <T> Future<T> ask(Way way, Supplier<T> statement) {
        Promise<T> answer = Promise.promise();
        boolean fails = world.chance(odds.failedRead());
        boolean late = world.chance(odds.failedRead());
        world.after(late ? world.between(0, 3 * World.SECOND) : way.travel(), () -> {
            if (!store.isDown() && !fails) {
                T found = statement.get();
                reply(way, () -> answer.tryComplete(found));
            }
        });
        world.after(DEADLINE, () -> node.execute(() -> answer.tryFail("no answer")));
        return answer.future();
    }

    private void reply(Way way, Runnable answer) {
        world.after(way.travel(), () -> node.execute(answer));
    }
}
