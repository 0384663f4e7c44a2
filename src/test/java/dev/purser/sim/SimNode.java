package dev.purser.sim;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
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

/** A node: one thread with a lane of the real kind, which can be stopped for a while, or for good. */
final class SimNode implements LaneLoop {

    private static final Instant EPOCH = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration SURVEY = Duration.ofMillis(150);
    private static final LaneSettings SETTINGS = new LaneSettings(200, 1 << 20, Duration.ofMillis(200), 16, 1 << 20,
            Duration.ofSeconds(4),
            Duration.ofMillis(300), 4, 20, RateLimits.OFF);

    private final String id;
    private final World world;
    private final Queue<Runnable> parked = new ArrayDeque<>();
    private final SimTerritory territory;
    private final Lane lane;
    private List<String> owners = List.of();
    private Set<String> inSight = Set.of();
    private Duration skew = Duration.ZERO;
    private boolean dead;
    private boolean surveying;
    private long stoppedUntil;
    private long busyUntil;
    private int ids;

    SimNode(String id, World world, Store store, SimDatabase.Odds odds) {
        this.id = id;
        this.world = world;
        SimDatabase database = new SimDatabase(world, this, store, odds);
        this.territory = new SimTerritory(id, database, world::now);
        this.lane = new Lane(this, database, territory, SETTINGS, LaneMeter.NONE, () -> id + "-" + ids++);
        territory.onChange(() -> execute(lane::ownershipChanged));
    }

    String id() {
        return id;
    }

    boolean isDead() {
        return dead;
    }

    /** Hazelcast shows something else from now on. The first time, the node begins to survey. */
    void shows(List<String> shownOwners, Set<String> shownNodes) {
        boolean first = owners.isEmpty();
        owners = shownOwners;
        inSight = shownNodes;
        execute(first ? this::surveyForEver : this::survey);
    }

    private void surveyForEver() {
        survey();
        after(SURVEY, this::surveyForEver);
    }

    private void survey() {
        if (!surveying) {
            surveying = true;
            territory.survey(owners, inSight).onComplete(done -> {
                surveying = false;
                if (done.succeeded() && done.result() > 0) {
                    after(Duration.ofNanos(done.result()), this::survey);
                }
            });
        }
    }

    /** An operation comes in; nobody hears of it if the node does not live to answer. */
    void receive(Operation operation, Consumer<Outcome> answer) {
        execute(() -> lane.submit(operation).onSuccess(answer::accept));
    }

    void kill() {
        dead = true;
    }

    /** Stops it as SIGSTOP does; what comes meanwhile is there when it goes on. */
    void stop(long nanos) {
        stoppedUntil = world.now() + nanos;
        world.after(nanos, this::goOn);
    }

    void setClock(Duration wrongBy) {
        skew = wrongBy;
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
        }
    }

    @Override
    public void after(Duration delay, Runnable task) {
        world.after(delay.toNanos(), () -> execute(task));
    }

    @Override
    public Instant now() {
        return EPOCH.plusNanos(world.now()).plus(skew).truncatedTo(ChronoUnit.MICROS);
    }
}
