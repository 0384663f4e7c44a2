package dev.purser.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

import dev.purser.cluster.SimTerritory;
import dev.purser.lane.Lane;
import dev.purser.lane.LaneLoop;
import dev.purser.lane.LaneMeter;
import dev.purser.lane.LaneSettings;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.RateLimits;
import dev.purser.lane.Watcher;
import dev.purser.wallet.EarningRate;
import dev.purser.wallet.Terms;
import dev.purser.wallet.TransferLimits;

/** A node: one thread with a lane of the real kind, which can be stopped for a while, or for good. */
final class SimNode implements LaneLoop {

    private static final Duration SURVEY = Duration.ofMillis(150);
    private static final long DRAIN = 15 * World.SECOND;
    private static final LaneSettings SETTINGS = new LaneSettings(200, 1 << 20, Duration.ofMillis(200), 16, 1 << 20,
            Duration.ofSeconds(4),
            Duration.ofMillis(300), 4, 20, RateLimits.OFF,
            new Terms(TransferLimits.NONE, new EarningRate(1, 2), Duration.ofSeconds(1), 1, Duration.ofDays(1)));

    private final String id;
    private final World world;
    private final SimClock clock;
    private final Queue<Runnable> parked = new ArrayDeque<>();
    private final SimDatabase database;
    private final SimTerritory territory;
    private final Lane lane;
    private final double hiccups;
    /** The owners that Hazelcast means to show, and those that it shows at the moment. */
    private List<String> meant = List.of();
    private List<String> owners = List.of();
    private Set<String> inSight = Set.of();
    private boolean dead;
    private boolean surveying;
    private boolean surveyAgain;
    private boolean givingUp;
    private long stoppedUntil;
    private long busyUntil;
    private int ids;

    SimNode(String id, World world, Store store, DeedBook book, SimDatabase.Odds odds) {
        this.id = id;
        this.world = world;
        this.clock = new SimClock(world);
        this.hiccups = odds.hiccup();
        this.database = new SimDatabase(world, this, store, book, odds);
        this.territory = new SimTerritory(id, database, clock::nanos);
        this.lane = new Lane(this, database, territory, SETTINGS, LaneMeter.NONE, () -> id + "-" + ids++);
        territory.onChange(() -> execute(lane::ownershipChanged));
    }

    String id() {
        return id;
    }

    boolean isDead() {
        return dead;
    }

    SimClock clock() {
        return clock;
    }

    SimDatabase database() {
        return database;
    }

    /** Hazelcast shows something else from now on. The first time, the node begins to survey. */
    void shows(List<String> shownOwners, Set<String> shownNodes) {
        boolean first = meant.isEmpty();
        meant = shownOwners;
        owners = shownOwners;
        inSight = shownNodes;
        execute(first ? this::surveyForEver : this::survey);
    }

    /** For a moment Hazelcast shows other owners than it will go on to show. */
    void flickers(long nanos) {
        if (!meant.isEmpty()) {
            owners = new ArrayList<>(meant);
            Collections.rotate(owners, 1);
            execute(this::survey);
            world.after(nanos, () -> {
                owners = meant;
                execute(this::survey);
            });
        }
    }

    private void surveyForEver() {
        survey();
        after(SURVEY, this::surveyForEver);
    }

    private void survey() {
        if (surveying || givingUp) {
            surveyAgain = true;
            return;
        }
        surveyAgain = false;
        surveying = true;
        territory.survey(owners, inSight).onComplete(done -> {
            surveying = false;
            if (surveyAgain) {
                survey();
            } else if (done.succeeded() && done.result() > 0) {
                after(Duration.ofNanos(done.result()), this::survey);
            }
        });
    }

    /** An operation comes in; nobody hears of it if the node does not live to answer. */
    void receive(Operation operation, Consumer<Outcome> answer) {
        execute(() -> lane.submit(operation).onSuccess(answer::accept));
    }

    /** Somebody asks to be told of wallets; {@code answer} hears which of them this node cannot vouch for. */
    void watch(Watcher watcher, List<Watcher.Known> wallets, Consumer<List<String>> answer) {
        execute(() -> lane.watch(watcher, wallets).onSuccess(answer::accept));
    }

    void kill() {
        dead = true;
    }

    /** Ends in order: finishes what it has taken in, if that does not take too long, and gives up what it holds. */
    void leave(Runnable gone) {
        execute(() -> lane.drain().onComplete(drained -> giveUp(gone)));
        world.after(DRAIN, () -> execute(() -> giveUp(gone)));
    }

    private void giveUp(Runnable gone) {
        if (!givingUp) {
            givingUp = true;
            territory.leave().onComplete(left -> {
                kill();
                gone.run();
            });
        }
    }

    /** Stops it as SIGSTOP does; what comes meanwhile is there when it goes on. */
    void stop(long nanos) {
        stoppedUntil = Math.max(stoppedUntil, world.now() + nanos);
        world.after(nanos, this::goOn);
    }

    /** One thing after the other, each taking a little time. */
    @Override
    public void execute(Runnable task) {
        busyUntil = Math.max(busyUntil, world.now()) + world.between(World.MICRO, 20 * World.MICRO);
        world.after(busyUntil - world.now(), () -> {
            parked.add(task);
            goOn();
        });
    }

    private void goOn() {
        while (!dead && world.now() >= stoppedUntil && !parked.isEmpty()) {
            parked.remove().run();
            if (world.chance(hiccups)) {
                stop(world.between(World.MILLI, 2 * World.SECOND));
            }
        }
    }

    @Override
    public void after(Duration delay, Runnable task) {
        world.after(clock.really(delay), () -> execute(task));
    }

    @Override
    public Instant now() {
        return clock.onTheWall();
    }
}
