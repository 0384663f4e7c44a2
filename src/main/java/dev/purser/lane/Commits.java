package dev.purser.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.lane.Journal.Written;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Brings a batch to its end, however long that takes: until the fate of each of its wallets is known. */
final class Commits {

    private static final Logger LOG = LoggerFactory.getLogger(Commits.class);
    private static final int AT_ONCE = 64;
    private static final Duration SETTLE_AGAIN = Duration.ofMillis(250);

    private final Journal journal;
    private final LaneLoop loop;
    private final LaneMeter meter;
    private int settling;

    Commits(Journal journal, LaneLoop loop, LaneMeter meter) {
        this.journal = journal;
        this.loop = loop;
        this.meter = meter;
    }

    /** Whether the fate of some batch is still being found out. */
    boolean isSettling() {
        return settling > 0;
    }

    /** @param until when it is too late to write any of it, see {@link Ownership#writableUntil} */
    Future<List<Fate>> commit(List<Turn> turns, Instant until) {
        Batch batch = new Batch(turns.stream().map(Turn::write).toList(), until);
        return journal.commit(batch).compose(written -> switch (written) {
            case Written.Committed(var missed, var taken) -> Future.succeededFuture(
                    turns.stream().map(turn -> committed(turn, missed, taken)).toList());
            case Written.NotApplied(var cause) -> Future.succeededFuture(
                    turns.stream().<Fate>map(turn -> new Fate.NotApplied(turn, cause)).toList());
            case Written.Rejected(var cause) -> turns.size() == 1
                    ? Future.succeededFuture(List.of(new Fate.Rejected(turns.getFirst(), cause)))
                    : eachByItself(turns, until, cause);
            case Written.Unknown(var cause) -> {
                meter.unknownOutcome();
                LOG.warn("The commit of {} wallets gave no answer, finding out what became of it: {}", turns.size(),
                        cause.toString());
                settling++;
                yield settle(turns, batch).onSuccess(known -> settling--);
            }
        });
    }

    private static Fate committed(Turn turn, Set<String> missed, List<Journal.Taken> taken) {
        if (missed.contains(turn.walletId())) {
            return new Fate.Missed(turn);
        }
        List<Journal.Taken> own = taken.isEmpty()
                ? taken
                : taken.stream().filter(used -> used.walletId().equals(turn.walletId())).toList();
        return own.isEmpty() ? new Fate.Durable(turn) : new Fate.KeysTaken(turn, own);
    }

    /** One wallet's data poisoned the batch: written one by one (in one go, without waiting in between) it hurts only itself. */
    private Future<List<Fate>> eachByItself(List<Turn> turns, Instant until, Throwable cause) {
        LOG.warn("The database rejected a batch of {} wallets, writing each by itself: {}", turns.size(),
                cause.toString());
        return eachByItself(turns, until, new ArrayList<>(turns.size()));
    }

    /** Some at a time: all of these have the deadline of one. */
    private Future<List<Fate>> eachByItself(List<Turn> turns, Instant until, List<Fate> fates) {
        if (turns.isEmpty()) {
            return Future.succeededFuture(fates);
        }
        int some = Math.min(AT_ONCE, turns.size());
        return Future.all(turns.subList(0, some).stream().map(turn -> commit(List.of(turn), until)).toList())
                .compose(all -> {
                    for (int i = 0; i < some; i++) {
                        fates.addAll(all.<List<Fate>>resultAt(i));
                    }
                    return eachByItself(turns.subList(some, turns.size()), until, fates);
                });
    }

    private Future<List<Fate>> settle(List<Turn> turns, Batch batch) {
        Promise<Set<String>> known = Promise.promise();
        settle(batch, known);
        return known.future().map(written -> turns.stream()
                .<Fate>map(turn -> new Fate.FoundOut(turn, written.contains(turn.walletId()))).toList());
    }

    /** Asks until there is an answer. Each try starts afresh: futures chained for as long as an outage would pile up. */
    private void settle(Batch batch, Promise<Set<String>> known) {
        journal.settle(batch)
                .onSuccess(known::complete)
                .onFailure(cause -> loop.after(SETTLE_AGAIN, () -> settle(batch, known)));
    }
}
