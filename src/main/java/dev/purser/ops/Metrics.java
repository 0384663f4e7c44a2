package dev.purser.ops;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

import dev.purser.journal.Reports;
import dev.purser.lane.LaneMeter;
import dev.purser.lane.LaneView;
import dev.purser.lane.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** The service's figures, as Prometheus reads them. To note one neither blocks nor allocates. */
public final class Metrics implements LaneMeter, AutoCloseable {

    /** Where the histograms of times divide. */
    static final Duration[] BUCKETS = LongStream
            .of(200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000,
                    5_000_000, 10_000_000)
            .mapToObj(micros -> Duration.ofNanos(micros * 1_000)).toArray(Duration[]::new);

    private static final double[] BATCH_SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024};

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final RequestTimers requests = new RequestTimers(registry);
    private final Timer commits;
    private final DistributionSummary batches;
    private final Counter activations;
    private final Counter replays;
    private final Counter liveShown;
    private final Counter fenceHits;
    private final Counter unknownOutcomes;
    private final Map<Outcome.Reason, Counter> rejections = new EnumMap<>(Outcome.Reason.class);

    public Metrics() {
        commits = Timer.builder("purser.lane.commit").description("How long the commits of batches took.")
                .serviceLevelObjectives(BUCKETS).register(registry);
        batches = DistributionSummary.builder("purser.lane.batch.operations")
                .description("How many operations the commits took at once.")
                .serviceLevelObjectives(BATCH_SIZES).register(registry);
        activations = counter("purser.lane.activations", "Wallets that were read into memory.");
        liveShown = counter("purser.live.shown", "Balances sent to clients that are shown them live.");
        replays = counter("purser.lane.replays",
                "Operations answered by what an earlier one with their key was answered.");
        fenceHits = counter("purser.lane.fence.hits", "Wallets not written since another owner had written them.");
        unknownOutcomes = counter("purser.lane.unknown.outcomes",
                "Commits that gave no answer and had to be looked up.");
        for (Outcome.Reason reason : Outcome.Reason.values()) {
            rejections.put(reason, Counter.builder("purser.lane.rejections")
                    .description("Operations that were not answered, for no fault of the caller's.")
                    .tag("reason", reason.text()).register(registry));
        }
        watchProcess();
    }

    /** Notes that a request was answered. */
    public void answered(String route, int status, long nanos) {
        requests.of(route, status).record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Notes what became of an event of a payment provider. */
    public void webhook(String provider, String outcome, long nanos) {
        Timer.builder("purser.webhook").description("Events of payment providers, and how long they took.")
                .serviceLevelObjectives(BUCKETS).tag("provider", provider).tag("outcome", outcome).register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Notes that a purchase was begun or was not, or how it ended. */
    public void purchase(String outcome) {
        Counter.builder("purser.purchases").description("Purchases: begun, not begun and why, and how they ended.")
                .tag("outcome", outcome).register(registry).increment();
    }

    /** Shows how many look on as their balance changes. */
    public void watchLive(IntSupplier clients) {
        Gauge.builder("purser.live.clients", clients::getAsInt)
                .description("Clients that are shown their balance live.")
                .strongReference(true).register(registry);
    }

    /** Notes that a client was shown a balance. */
    public void liveShown() {
        liveShown.increment();
    }

    /** Notes that a client that was shown its balance is gone, and why. */
    public void liveEnded(String why) {
        Counter.builder("purser.live.ended").description("Clients that are not shown their balance any more, and why.")
                .tag("why", why).register(registry).increment();
    }

    /** Notes that an event of a payment provider that was told in vain was carried out after all. */
    public void healed(String provider, String outcome) {
        Counter.builder("purser.webhook.healed")
                .description("Events of payment providers that were told in vain at first.")
                .tag("provider", provider).tag("outcome", outcome).register(registry).increment();
    }

    /** Shows what is owed, and which events wait for a person or for being carried out. */
    public void watchMoney(Supplier<Reports.Sums> sums) {
        sum("purser.debt.tokens", "Tokens that wallets owe.", sums, Reports.Sums::owed);
        sum("purser.debt.wallets", "Wallets that owe.", sums, Reports.Sums::debtors);
        sum("purser.webhook.parked", "Events of payment providers that wait for a person.", sums, Reports.Sums::parked);
        sum("purser.webhook.open", "Events of payment providers that were kept, but not carried out.", sums,
                Reports.Sums::open);
    }

    private void sum(String name, String description, Supplier<Reports.Sums> sums,
            ToLongFunction<Reports.Sums> figure) {
        Gauge.builder(name, () -> figure.applyAsLong(sums.get())).description(description).strongReference(true)
                .register(registry);
    }

    @Override
    public void batchCommitted(int operations, long nanos) {
        commits.record(nanos, TimeUnit.NANOSECONDS);
        batches.record(operations);
    }

    @Override
    public void activated(int wallets) {
        activations.increment(wallets);
    }

    @Override
    public void keyReplayed() {
        replays.increment();
    }

    @Override
    public void fenceHit() {
        fenceHits.increment();
    }

    @Override
    public void unknownOutcome() {
        unknownOutcomes.increment();
    }

    @Override
    public void rejected(Outcome.Reason reason) {
        Counter counter = rejections.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    /** Shows the load of this node's lanes, numbered in this order. */
    public void watchLanes(List<? extends LaneView> lanes) {
        for (int number = 0; number < lanes.size(); number++) {
            laneGauge("purser.lane.depth", "Operations that wait in a lane or are being carried out.", number,
                    lanes.get(number), LaneView::depth);
            laneGauge("purser.lane.wallets", "Wallets in a lane's memory.", number, lanes.get(number),
                    LaneView::wallets);
        }
    }

    /** Shows how many connections there are for reading, of how many there may be. */
    public void watchDatabase(IntSupplier connections, int most) {
        Gauge.builder("purser.database.connections", connections, IntSupplier::getAsInt)
                .description("Open connections for reading.").strongReference(true).register(registry);
        Gauge.builder("purser.database.connections.max", () -> most)
                .description("How many connections for reading there may be.").register(registry);
    }

    /** All figures in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private void laneGauge(String name, String description, int number, LaneView lane, ToIntFunction<LaneView> figure) {
        Gauge.builder(name, lane, figure::applyAsInt).description(description).tag("lane", Integer.toString(number))
                .strongReference(true).register(registry);
    }

    private void watchProcess() {
        garbageCollection.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        String version = Optional.ofNullable(Metrics.class.getPackage().getImplementationVersion())
                .orElse("development");
        Gauge.builder("purser.build.info", () -> 1).description("Always 1; what runs is in the labels.")
                .tags("version", version, "java", Runtime.version().toString()).register(registry);
    }
}
