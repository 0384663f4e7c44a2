package dev.purser.cluster;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.partition.MigrationListener;
import com.hazelcast.partition.MigrationState;
import com.hazelcast.partition.ReplicaMigrationEvent;

import dev.purser.lane.Deeds;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Keeps the territory's table true. It surveys on every membership, migration and lifecycle event, since those are news,
 * and several times a second, since events can be lost and what is known of the deeds does not keep.
 */
final class Surveyor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Surveyor.class);
    static final Duration PAUSE = Duration.ofMillis(150);
    /** Between two surveys, however many call for one: each asks the database. */
    static final Duration LEAST_PAUSE = Duration.ofMillis(25);

    private final HazelcastInstance hazelcast;
    private final String nodeId;
    private final Deeds deeds;
    private final Territory territory;
    private final Share share;
    private final Survey survey;
    private final Duration pause;
    /** Hazelcast may block, so this is no event loop. */
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("purser-surveyor").factory());
    private final Promise<Void> started = Promise.promise();
    private final Promise<Void> shared = Promise.promise();
    /** Whether a survey waits for the thread: many may call for one at the same time. */
    private final AtomicBoolean isDue = new AtomicBoolean();
    private long lastEnd = System.nanoTime();
    private boolean underWay;
    private boolean again;

    /** @param pause how long after a survey there is another one, if there is no news */
    Surveyor(HazelcastInstance hazelcast, String nodeId, Deeds deeds, Territory territory, Share share,
            Duration pause) {
        this.hazelcast = hazelcast;
        this.nodeId = nodeId;
        this.deeds = deeds;
        this.territory = territory;
        this.share = share;
        this.pause = pause;
        this.survey = new Survey(nodeId, new DeedsOnThread(deeds, this::execute), territory, System::nanoTime);
    }

    /** The future completes after the first survey; from then on it goes on by itself. */
    Future<Void> start() {
        hazelcast.getCluster().addMembershipListener(new MembershipAdapter() {
            @Override
            public void memberAdded(MembershipEvent event) {
                surveySoon();
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                surveySoon();
            }
        });
        hazelcast.getPartitionService().addMigrationListener(new SurveyOnMigration());
        hazelcast.getLifecycleService().addLifecycleListener(event -> surveySoon());
        territory.onDoubt(this::surveySoon);
        ScheduledFuture<?> _ = thread.scheduleWithFixedDelay(this::survey, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
        return started.future();
    }

    /** The future completes once this node has its share of the wallets. */
    Future<Void> takeShare() {
        share.want();
        surveySoon();
        return shared.future();
    }

    private void surveySoon() {
        if (!isDue.getAndSet(true)) {
            execute(this::surveyOnceRested);
        }
    }

    /** A survey may have ended since this one was called for. */
    private void surveyOnceRested() {
        long rest = lastEnd + LEAST_PAUSE.toNanos() - System.nanoTime();
        if (rest > 0) {
            schedule(this::surveyOnceRested, rest);
        } else {
            survey();
        }
    }

    private void schedule(Runnable task, long nanos) {
        try {
            ScheduledFuture<?> _ = thread.schedule(task, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("Not surveying any more", closed);
        }
    }

    private void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("Not surveying any more", closed);
        }
    }

    /** One at a time; whatever happens during one is seen by the next. */
    private void survey() {
        isDue.set(false);
        if (underWay) {
            again = true;
            return;
        }
        again = false;
        try {
            underWay = true;
            survey.of(View.of(hazelcast)).onComplete(done -> ended(done.succeeded() ? done.result() : 0));
        } catch (HazelcastInstanceNotActiveException left) {
            underWay = false;
            LOG.debug("Hazelcast is not active just now", left);
        } catch (RuntimeException unexpected) {
            underWay = false;
            LOG.error("Could not find out who owns what, trying again", unexpected);
        }
    }

    private void ended(long nanosUntilNews) {
        underWay = false;
        lastEnd = System.nanoTime();
        started.tryComplete();
        if (share.keep() && shared.tryComplete()) {
            again = true;
        }
        if (again) {
            surveySoon();
        } else if (nanosUntilNews > 0) {
            schedule(this::survey, nanosUntilNews);
        }
    }

    /** Ends the surveys, and gives up what this node holds, so that nobody has to wait for it. */
    Future<Void> leave() {
        close();
        return deeds.leave(nodeId, survey.settled()).otherwise(failure -> {
            LOG.warn("Could not give up its wallets before leaving: {}", failure.toString());
            return null;
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
        territory.abandon();
    }

    private final class SurveyOnMigration implements MigrationListener {

        @Override
        public void migrationStarted(MigrationState state) {
            surveySoon();
        }

        @Override
        public void migrationFinished(MigrationState state) {
            surveySoon();
        }

        @Override
        public void replicaMigrationCompleted(ReplicaMigrationEvent event) {
            surveySoon();
        }

        @Override
        public void replicaMigrationFailed(ReplicaMigrationEvent event) {
            surveySoon();
        }
    }
}
