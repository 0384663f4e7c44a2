package dev.purser.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.instance.impl.LifecycleServiceImpl;

import dev.purser.lane.Deeds;
import dev.purser.support.Defaults;
import dev.purser.support.FreePorts;
import dev.purser.support.LaneRig;
import io.vertx.core.Future;

/** When the surveyor looks: on every news from Hazelcast, on a timer, and on doubts, though not on each of many. */
class SurveyorTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final CountedDeeds deeds = new CountedDeeds();
    private final Territory territory = new Territory(System::nanoTime);
    private final List<Integer> ports = List.of(FreePorts.next(), FreePorts.next());
    private final List<HazelcastInstance> instances = new ArrayList<>();
    private final List<Share> shares = new ArrayList<>();
    private final HazelcastInstance hazelcast = join(0);

    private HazelcastInstance join(int index) {
        List<String> members = ports.stream().map(port -> "127.0.0.1:" + port).toList();
        Config config = HazelcastConfig.of(Defaults.cluster(ports.get(index), members, 1));
        config.getMemberAttributeConfig().setAttribute("__vertx.nodeId", "node" + index);
        shares.add(new Share());
        instances.add(Hazelcast.newHazelcastInstance(shares.getLast().joining(config)));
        return instances.getLast();
    }

    @AfterEach
    void end() {
        instances.reversed().forEach(instance -> instance.getLifecycleService().terminate());
    }

    private Surveyor surveying(Duration pause) {
        Surveyor surveyor = new Surveyor(hazelcast, "node0", deeds, territory, shares.getFirst(), pause);
        LaneRig.await(surveyor.start());
        return surveyor;
    }

    @Test
    void shouldReadTheOwnersAgainWhenMembersComeAndGoAndPartitionsMove() {
        try (Surveyor _ = surveying(NEVER)) {
            HazelcastInstance other = join(1);
            await("a member").until(() -> territory.members().size() == 2);
            assertThat(elsewhere()).isZero();
            shares.getLast().want();
            assertThat(shares.getLast().keep()).isTrue();
            await("partitions that have moved").until(() -> elsewhere() > 0);
            other.getLifecycleService().terminate();
            await("all back").until(() -> territory.members().size() == 1 && elsewhere() == 0);
        }
    }

    /** After a merge all that was known of owners is old. Wallets leave memory wherever a deed's term shows another owner. */
    @Test
    void shouldLookAgainAfterAMerge() {
        try (Surveyor _ = surveying(NEVER)) {
            String wallet = "wallet";
            int term = territory.term(wallet);
            assertThat(term).isPositive();
            deeds.loseAll();
            ((LifecycleServiceImpl) hazelcast.getLifecycleService()).fireLifecycleEvent(LifecycleState.MERGED);
            await("another term").until(() -> territory.term(wallet) == term + 2);
        }
    }

    @Test
    void shouldFindOutByItselfThatAnotherHasTakenADeed() {
        try (Surveyor _ = surveying(Duration.ofMillis(20))) {
            deeds.loseAll();
            await("another term").until(() -> territory.term("wallet") == 3);
        }
    }

    @Test
    void shouldPauseBetweenSurveysHoweverManyDoubt() {
        try (Surveyor _ = surveying(NEVER)) {
            int before = deeds.renewals.get();
            long begun = System.nanoTime();
            while (deeds.renewals.get() < before + 20) {
                territory.doubt();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isGreaterThan(Surveyor.LEAST_PAUSE.multipliedBy(19));
        }
    }

    private long elsewhere() {
        return IntStream.range(0, 1_000)
                .filter(i -> territory.homeOf("wallet-" + i) instanceof Home.There).count();
    }

    /** Deeds in memory that answer at once. */
    private static final class CountedDeeds implements Deeds {

        private final AtomicInteger renewals = new AtomicInteger();
        private final Map<Integer, Integer> terms = new HashMap<>();
        private final Map<Integer, Deed> held = new HashMap<>();

        @Override
        public synchronized Future<Holdings> renew(String node) {
            renewals.incrementAndGet();
            return Future.succeededFuture(new Holdings(Map.copyOf(held), List.of(node), Instant.now()));
        }

        @Override
        public synchronized Future<Void> take(String node, Collection<Integer> partitions) {
            partitions.forEach(partition -> held.put(partition,
                    new Deed(terms.merge(partition, 1, Integer::sum), false)));
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> leave(String node, Map<Integer, Integer> settled) {
            return Future.succeededFuture();
        }

        /** Somebody else has taken them all. */
        synchronized void loseAll() {
            held.keySet().forEach(partition -> terms.merge(partition, 1, Integer::sum));
            held.clear();
        }
    }
}
