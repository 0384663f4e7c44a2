package dev.purser.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.Refusal;
import dev.purser.wallet.Wallet;
import io.vertx.core.Future;

/**
 * One thread's wallets. Operations wait in its mailbox; whenever the lane is free it takes what waits, decides it and
 * commits it in one go, and while that is under way the next batch gathers by itself. So an idle lane commits at once, and
 * a busy one commits many together.
 *
 * <p>All methods but those of {@link LaneView} are called on the lane's own thread.
 */
public final class Lane implements LaneView {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(100);
    private static final int MAX_ATTEMPTS = 8;

    private final LaneLoop loop;
    private final Ownership ownership;
    private final LaneSettings settings;
    private final LaneMeter meter;
    private final Supplier<String> ids;
    private final Mailbox mailbox;
    private final Actors actors;
    private final Loads loads;
    private final RecentKeys recentKeys;
    private final Answers answers;
    private final Commits commits;
    private final Watchers watchers;

    /** What the batch that is under way writes; empty when the lane is free. */
    private List<Turn> committing = List.of();
    private boolean busy;
    private boolean awake;
    private boolean failing;
    private volatile int depth;
    private volatile int wallets;
    /** Written by this thread alone. */
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();

    public Lane(LaneLoop loop, Journal journal, Ownership ownership, LaneSettings settings, LaneMeter meter,
            Supplier<String> ids) {
        this.loop = loop;
        this.ownership = ownership;
        this.settings = settings;
        this.meter = meter;
        this.ids = ids;
        this.mailbox = new Mailbox(new Admission(settings.mailboxOperations(), settings.queueTime()),
                settings.mailboxBytes());
        this.actors = new Actors(ownership, settings.wallets(), settings.idle());
        this.loads = new Loads(journal, ownership, this::arrived);
        this.recentKeys = new RecentKeys(settings.recentKeys());
        this.answers = new Answers(mailbox, meter, journal, recentKeys,
                id -> ownership.isSure(id, ownership.term(id)), this::cameTo);
        this.commits = new Commits(journal, loop, meter);
        this.watchers = new Watchers(loop);
        loop.after(TICK, this::tick);
    }

    /** Takes an operation in; the future completes when its outcome is known and durable, and never fails. */
    public Future<Outcome> submit(Operation operation) {
        if (answers.isDraining()) {
            return Future.succeededFuture(answers.unavailable(Outcome.Reason.DRAINING));
        }
        if (!ownership.owns(operation.walletId())) {
            return Future.succeededFuture(new Outcome.Moved());
        }
        if (!operation.by().allows(operation.command(), operation.walletId())) {
            // The rules would say so too, but a stranger shall not even have a wallet loaded.
            return Future.succeededFuture(new Outcome.Refused(new Refusal.NotAllowed(), null));
        }
        Envelope envelope = new Envelope(operation, loop.now());
        Actor actor = actors.find(envelope);
        if (actor != null && operation.command() instanceof Command.Look && !actor.wallet().isDue(envelope.arrived())) {
            return Future.succeededFuture(actors.isSure(actor) ? look(envelope, actor) : new Outcome.Moved());
        }
        if (!mailbox.admit(envelope)) {
            return Future.succeededFuture(answers.unavailable(Outcome.Reason.OVERLOADED));
        }
        if (actor == null) {
            loads.await(envelope);
            loads.start();
        } else {
            mailbox.add(envelope);
            wake();
        }
        return envelope.future();
    }

    /** Memory holds what is committed, so a look need not wait for what is being written. */
    private Outcome look(Envelope envelope, Actor actor) {
        actors.touch(actor, envelope.arrived());
        Quota exhausted = BatchMaker.charge(envelope, actor, settings.rateLimits(), envelope.arrived());
        return exhausted == null
                ? new Outcome.Seen(actor.wallet(), envelope.quota())
                : new Outcome.Limited(exhausted);
    }

    /**
     * From now on {@code watcher} is told of these wallets, for as long as it keeps asking for that (see
     * {@link Watcher#LEASE}). Answers those that this lane cannot vouch for, since they live elsewhere or cannot be read.
     */
    public Future<List<String>> watch(Watcher watcher, List<Watcher.Known> wallets) {
        List<String> elsewhere = new ArrayList<>();
        List<Future<?>> looks = new ArrayList<>();
        for (Watcher.Known known : wallets) {
            int term = ownership.term(known.walletId());
            boolean isOurs = !answers.isDraining() && ownership.isSure(known.walletId(), term);
            Watchers.Kept kept = isOurs
                    ? watchers.keep(watcher, known, term, loop.now())
                    : Watchers.Kept.REFUSED;
            Actor actor = actors.find(known.walletId());
            if (kept == Watchers.Kept.REFUSED) {
                elsewhere.add(known.walletId());
            } else if (actor != null) {
                watchers.show(watcher, known, News.of(actor.wallet()));
            } else if (kept == Watchers.Kept.UNSEEN) {
                looks.add(look(known.walletId()).onSuccess(seen -> seen.ifPresentOrElse(
                        wallet -> watchers.show(watcher, known, News.of(wallet)),
                        () -> elsewhere.add(known.walletId()))));
            }
        }
        return Future.join(looks).map(elsewhere);
    }

    /** These will not ask any more. */
    public void forgetWatchers(Predicate<Watcher> gone) {
        watchers.forget(gone);
    }

    private Future<Optional<Wallet>> look(String walletId) {
        Operation look = new Operation(ids.get(), walletId, null, new Authority.House(), new Command.Look());
        return submit(look).map(outcome -> outcome instanceof Outcome.Seen(var wallet, _)
                ? Optional.of(wallet)
                : Optional.empty());
    }

    /** Takes no more in. The future completes when all that was taken in before is answered. */
    public Future<Void> drain() {
        return answers.drain();
    }

    /** Forgets the wallets that are no longer owned, and says so to whoever waits for them. */
    public void ownershipChanged() {
        actors.dropIf(id -> !ownership.owns(id));
        watchers.dropIf(id -> !ownership.owns(id));
        answerAll(this::isForeign, envelope -> new Outcome.Moved());
    }

    /** First taken out, then answered: whoever gets an answer may send the next operation from within it. */
    private void answerAll(Predicate<Envelope> which, Function<Envelope, Outcome> outcome) {
        List<Envelope> waiting = new ArrayList<>(mailbox.removeIf(which));
        waiting.addAll(loads.removeIf(which));
        waiting.forEach(envelope -> answers.give(envelope, outcome.apply(envelope)));
    }

    private boolean isForeign(Envelope envelope) {
        return !ownership.owns(envelope.walletId());
    }

    private void wake() {
        if (!awake && !busy) {
            awake = true;
            loop.execute(this::turn);
        }
    }

    /** Forms a batch of what waits, and commits it. */
    private void turn() {
        awake = false;
        if (busy) {
            return;
        }
        Instant until = ownership.writableUntil();
        Instant now = loop.now();
        mailbox.openAt(now);
        BatchMaker maker = new BatchMaker(settings, recentKeys, ids, now, answers::give);
        Envelope next = mailbox.peek();
        while (next != null && maker.admits(next)) {
            place(mailbox.take(), maker, now);
            next = mailbox.peek();
        }
        loads.start();
        List<Turn> decided = maker.turns();
        List<Turn> writing = new ArrayList<>(decided.size());
        for (Turn turn : decided) {
            if (turn.writes()) {
                writing.add(turn);
            } else if (actors.isSure(turn.actor())) {
                answers.give(turn);
            } else {
                turn.envelopes().forEach(envelope -> answers.give(envelope, new Outcome.Moved()));
            }
        }
        if (!writing.isEmpty()) {
            commit(writing, until);
        } else if (!mailbox.isEmpty()) {
            wake();
        }
    }

    private void place(Envelope envelope, BatchMaker maker, Instant now) {
        if (isForeign(envelope)) {
            answers.give(envelope, new Outcome.Moved());
            return;
        }
        Actor actor = actors.find(envelope);
        if (actor == null) {
            loads.await(envelope);
        } else {
            actors.touch(actor, now);
            maker.take(envelope, actor);
        }
    }

    private void commit(List<Turn> turns, Instant until) {
        busy = true;
        committing = turns;
        int count = turns.stream().mapToInt(Turn::operations).sum();
        Instant began = loop.now();
        commits.commit(turns, until).map(fates -> {
            meter.batchCommitted(count, Duration.between(began, loop.now()).toNanos());
            operations.lazySet(operations.get() + count);
            batches.lazySet(batches.get() + 1);
            return ended(fates);
        }).otherwise(bug -> {
            LOG.error("Ending a batch failed; its wallets are read again", bug);
            turns.forEach(this::abandon);
            return List.of();
            // Not at once: what has arrived by now is read before, and then the next batch takes it in too.
        }).onSuccess(answerable -> loop.execute(() -> goOn(answerable)));
    }

    /** Installs what is durable; answers the turns whose answers may leave. */
    private List<Turn> ended(List<Fate> fates) {
        Aftermath aftermath = new Aftermath(actors, recentKeys, meter,
                envelope -> answers.give(envelope, answers.unavailable(Outcome.Reason.REJECTED)));
        fates.forEach(aftermath::of);
        fates.forEach(fate -> readAgainIfLost(fate.turn()));
        failing = aftermath.isFailing();
        retry(aftermath.again());
        observe();
        return aftermath.answerable();
    }

    /** A wallet has come to a version: neither memory nor what is being read for it may be older. */
    private void cameTo(String walletId, long version) {
        actors.dropIfBefore(walletId, version);
        readAgainIfLost(walletId);
    }

    private void readAgainIfLost(Turn turn) {
        if (turn.actor().isGone()) {
            readAgainIfLost(turn.walletId());
        }
    }

    /** What memory has lost may be on its way back already, as it was before. */
    private void readAgainIfLost(String walletId) {
        if (actors.find(walletId) == null) {
            loads.readAgain(walletId);
        }
    }

    /** The next batch goes first: while the database writes it, there is time for the answers of this one. */
    private void goOn(List<Turn> answerable) {
        try {
            if (failing) {
                loop.after(AFTER_FAILURE, this::free);
            } else {
                free();
            }
        } finally {
            answerable.forEach(this::sendAll);
            answerable.forEach(watchers::changed);
        }
    }

    private void sendAll(Turn turn) {
        try {
            answers.give(turn);
        } catch (RuntimeException bug) {
            LOG.error("Answering a batch failed; its wallets are read again", bug);
            abandon(turn);
        }
    }

    /** The last resort when a bug keeps a batch from its end: nobody is left without an answer, and memory is not trusted. */
    private void abandon(Turn turn) {
        actors.drop(turn.walletId());
        turn.envelopes().forEach(envelope -> answers.give(envelope, answers.unavailable(Outcome.Reason.TIMED_OUT)));
    }

    private void free() {
        committing = List.of();
        busy = false;
        if (!mailbox.isEmpty()) {
            turn();
        }
    }

    private void retry(List<Envelope> envelopes) {
        Instant now = loop.now();
        List<Envelope> again = new ArrayList<>(envelopes.size());
        for (Envelope envelope : envelopes) {
            if (isOverdue(envelope, now)) {
                answers.give(envelope, overdue(envelope));
            } else if (!failing && envelope.countAttempt() >= MAX_ATTEMPTS) {
                answers.give(envelope, answers.unavailable(Outcome.Reason.CONTENDED));
            } else {
                again.add(envelope);
            }
        }
        mailbox.addFirst(again);
    }

    /**
     * A wallet has been read. Unless it is sure that nobody else was the owner meanwhile, another one may have claimed it
     * before: with the epoch that was read this lane would write past him.
     */
    private void arrived(Journal.Stored stored, int term, List<Envelope> waited) {
        if (!ownership.isSure(stored.wallet().id(), term)) {
            waited.forEach(envelope -> answers.give(envelope, new Outcome.Moved()));
            return;
        }
        meter.activated(1);
        actors.add(new Actor(stored.wallet(), stored.epoch(), term, loop.now()));
        mailbox.addFirst(stored.wallet().id(), waited);
        mailbox.addFirst(post(stored));
        wake();
    }

    /** What is in the post goes first: whoever waits may want to spend it. What there is no room for comes by a sweep. */
    private List<Envelope> post(Journal.Stored stored) {
        Instant now = loop.now();
        return stored.post().stream().map(transfer -> new Envelope(Post.receipt(transfer, ids.get()), now))
                .filter(mailbox::admit).toList();
    }

    /** Answers what waits too long, puts away idle wallets, tries again what could not be read. */
    private void tick() {
        if (!answers.isDrained()) {
            loop.after(TICK, this::tick);
        }
        Instant now = loop.now();
        answerAll(envelope -> isOverdue(envelope, now), this::overdue);
        actors.evict(now, committing.stream().map(Turn::walletId).collect(Collectors.toSet()));
        loads.retryFailed();
        watchers.sweep(now);
        observe();
    }

    private boolean isOverdue(Envelope envelope, Instant now) {
        return envelope.arrived().plus(settings.patience()).isBefore(now);
    }

    private Outcome overdue(Envelope envelope) {
        OpKey key = envelope.operation().key();
        if (key != null && isCommitting(envelope.walletId(), key)) {
            return new Outcome.KeyBusy();
        }
        return answers.unavailable(failing || loads.isFailing() || commits.isSettling()
                ? Outcome.Reason.DATABASE_UNAVAILABLE
                : Outcome.Reason.OVERLOADED);
    }

    private boolean isCommitting(String walletId, OpKey key) {
        return committing.stream()
                .anyMatch(turn -> turn.walletId().equals(walletId) && turn.replyOf(key.text()) != null);
    }

    private void observe() {
        depth = mailbox.operations();
        wallets = actors.size();
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public int wallets() {
        return wallets;
    }

    @Override
    public long operations() {
        return operations.get();
    }

    @Override
    public long batches() {
        return batches.get();
    }
}
