package dev.purser.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;

import dev.purser.journal.Database;
import dev.purser.journal.PgDeeds;
import dev.purser.journal.PgJournal;
import dev.purser.lane.Ids;
import dev.purser.lane.Lane;
import dev.purser.lane.LaneMeter;
import dev.purser.lane.News;
import dev.purser.lane.Operation;
import dev.purser.lane.Outcome;
import dev.purser.lane.WalletWatch;
import dev.purser.lane.Watcher;
import dev.purser.support.Defaults;
import dev.purser.support.FreePorts;
import dev.purser.support.LaneRig;
import dev.purser.support.LawChecker;
import dev.purser.support.TestDatabase;
import dev.purser.wallet.Authority;
import dev.purser.wallet.Command;
import dev.purser.wallet.LotSource;
import dev.purser.wallet.Memo;
import io.vertx.core.Future;

/** Real nodes of a real cluster, in one process: each serves the wallets of the others. */
class RoutingTest {

    private static final int WALLETS = 60;

    private final TestDatabase database = TestDatabase.create();
    private final List<Integer> ports = List.of(FreePorts.next(), FreePorts.next());
    private final List<String> members = ports.stream().map(port -> "127.0.0.1:" + port).toList();
    private final List<ClusterNode> nodes = new ArrayList<>();

    @AfterEach
    void leave() {
        nodes.forEach(node -> LaneRig.await(node.leave()));
    }

    @Test
    void shouldServeEachOthersWalletsAndTakeOverWhenOneLeaves() {
        ClusterNode one = join(ports.getFirst(), members);
        ClusterNode two = join(ports.getLast(), members);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> one.territory().members().size() == 2 && two.territory().members().size() == 2);
        await().atMost(Duration.ofSeconds(30)).until(() -> share(one) > 0 && share(two) > 0
                && share(one) + share(two) == WALLETS);

        for (int i = 0; i < WALLETS; i++) {
            credit(i % 2 == 0 ? one : two, i);
            credit(i % 2 == 0 ? two : one, i);
        }
        List<String> ofTwo = wallets().filter(two.territory()::owns).toList();
        List<String> ofOne = wallets().filter(one.territory()::owns).toList();
        checkReports(one, two);
        LaneRig.await(LaneRig.await(drainAndLeave(two)));
        nodes.remove(two);
        await().until(() -> share(one) == WALLETS);
        assertThat(ofTwo).allMatch(one.territory()::isFresh);
        assertThat(ofOne).allMatch(id -> one.territory().term(id) > 0);
        for (int i = 0; i < WALLETS; i++) {
            credit(one, i);
        }
        assertThat(share(one)).isEqualTo(WALLETS);
        LawChecker.check(database);
        assertThat(LaneRig.await(one.wallets().send(operation(7, new Command.Look()))))
                .isInstanceOfSatisfying(Outcome.Seen.class, seen -> assertThat(seen.wallet().balance()).isEqualTo(3));
    }

    @Test
    void shouldHearOfWalletsWhereverTheyLiveAndOfWhatGotLost() {
        ClusterNode one = join(ports.getFirst(), members);
        ClusterNode two = join(ports.getLast(), members);
        await().atMost(Duration.ofSeconds(30)).until(() -> share(one) > 0 && share(two) > 0
                && share(one) + share(two) == WALLETS);
        Map<String, News> heard = new ConcurrentHashMap<>();
        Set<String> lost = ConcurrentHashMap.newKeySet();
        WalletWatch watch = LaneRig.await(one.watch(new WalletWatch.Listener() {
            @Override
            public void heard(News news) {
                assertThat(heard.put(news.walletId(), news)).satisfiesAnyOf(before -> assertThat(before).isNull(),
                        before -> assertThat(before.version()).isLessThan(news.version()));
            }

            @Override
            public void lost(String walletId) {
                lost.add(walletId);
            }
        }));
        wallets().forEach(id -> watch.watch(id, Watcher.Known.NOTHING));
        await("each wallet as it is").until(() -> heard.size() == WALLETS);
        IntStream.range(0, WALLETS).forEach(i -> credit(two, i));
        await("each change").until(() -> heard.values().stream().allMatch(news -> news.version() == 1));

        // What is told meanwhile gets lost, as it may whenever a connection breaks.
        HazelcastInstance hazelcast = Hazelcast.getAllHazelcastInstances().iterator().next();
        assertThat(hazelcast.getMultiMap("__vertx.subs").remove(Addresses.ofNews(one.nodeId()))).hasSize(1);
        IntStream.range(0, WALLETS).forEach(i -> credit(two, i));
        await("what got lost").atMost(Duration.ofSeconds(15))
                .until(() -> heard.values().stream().allMatch(news -> news.version() == 2));

        LaneRig.await(LaneRig.await(drainAndLeave(two)));
        nodes.remove(two);
        await().until(() -> share(one) == WALLETS);
        IntStream.range(0, WALLETS).forEach(i -> credit(one, i));
        await("each change at its new home").atMost(Duration.ofSeconds(15))
                .until(() -> heard.values().stream().allMatch(news -> news.version() == 3));
        assertThat(lost).isEmpty();
        wallets().forEach(watch::forget);
    }

    @Test
    void shouldTakeNoWalletsBeforeItCanServeThem() {
        ClusterNode one = join(ports.getFirst(), members);
        await().until(() -> share(one) == WALLETS);
        ClusterNode two = arrive(ports.getLast(), members);
        await().until(() -> one.territory().members().size() == 2);
        await().during(Duration.ofSeconds(1)).until(() -> share(one) == WALLETS);
        listen(two, members);
        await("wallets of others").until(() -> two.trouble().isEmpty());
        IntStream.range(0, WALLETS).forEach(i -> credit(i % 2 == 0 ? one : two, i));
        assertThat(share(one)).isEqualTo(WALLETS);
        LaneRig.await(two.takeShare());
        await().until(() -> share(two) > 0 && share(one) + share(two) == WALLETS);
        IntStream.range(0, WALLETS).forEach(i -> credit(one, i));
    }

    @Test
    void shouldBeginWithoutThoseThatWereThereWhenItCame() {
        ClusterNode one = join(ports.getFirst(), members);
        ClusterNode two = arrive(ports.getLast(), members);
        assertThat(two.members()).isEqualTo(2);
        LaneRig.await(one.handOver());
        await().during(Duration.ofMillis(500)).until(() -> share(one) == WALLETS);
        nodes.remove(one);
        LaneRig.await(one.leave());
        listen(two, members);
        await().until(() -> share(two) == WALLETS);
        IntStream.range(0, WALLETS).forEach(i -> credit(two, i));
    }

    @Test
    void shouldNotWaitForOthersWhenAlone() {
        long start = System.nanoTime();
        ClusterNode alone = join(0, List.of());
        await().until(() -> alone.territory().isComplete());
        credit(alone, 1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        assertThat(alone.territory().members()).isEqualTo(Set.of(alone.nodeId()));
    }

    /** As after a merge that went wrong: the lane is well, but nobody knows where it listens. */
    @Test
    void shouldFindOutThatItIsNotReachedAndRegisterAnew() {
        ClusterNode node = join(0, List.of());
        await().until(() -> node.trouble().isEmpty());
        String address = Addresses.of(node.nodeId(), 1);
        HazelcastInstance hazelcast = Hazelcast.getAllHazelcastInstances().stream()
                .filter(each -> node.nodeId().equals(each.getCluster().getLocalMember().getAttribute("__vertx.nodeId")))
                .findAny().orElseThrow();
        assertThat(hazelcast.getMultiMap("__vertx.subs").remove(address)).hasSize(1);
        await("trouble").until(() -> node.trouble().orElse("").contains("1 of 2 do not hear it"));
        await("reached again").until(() -> node.trouble().isEmpty());
        assertThat(hazelcast.getMultiMap("__vertx.subs").get(address)).hasSize(1);
        credit(node, 1);
    }

    /** Neither knows of the other, but both have the same database. */
    @Test
    void shouldServeNothingBesideANodeThatWasThereBeforeAndAllOnceThatIsGone() {
        ClusterNode first = join(0, List.of());
        await().until(() -> share(first) == WALLETS);
        ClusterNode second = join(0, List.of());
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4))
                .until(() -> share(first) == WALLETS && share(second) == 0);
        credit(first, 1);
        LaneRig.await(first.leave());
        nodes.remove(first);
        await().until(() -> share(second) == WALLETS);
        credit(second, 1);
        LawChecker.check(database);
    }

    private static void checkReports(ClusterNode one, ClusterNode two) {
        ClusterReport seen = LaneRig.await(one.report());
        assertThat(seen.nodeId()).isEqualTo(one.nodeId());
        assertThat(seen.homeless()).isZero();
        assertThat(seen.nodes()).extracting(ClusterReport.Node::id).containsExactlyInAnyOrder(one.nodeId(),
                two.nodeId());
        assertThat(seen.nodes()).allMatch(ClusterReport.Node::heard);
        assertThat(seen.nodes().stream().mapToInt(ClusterReport.Node::partitions).sum()).isEqualTo(Partitions.COUNT);
        List<LaneReport> lanes = seen.nodes().stream().flatMap(node -> node.lanes().stream())
                .map(lane -> Objects.requireNonNull(lane.report())).toList();
        assertThat(lanes).hasSize(4);
        assertThat(lanes.stream().mapToLong(LaneReport::operations).sum()).isEqualTo(2 * WALLETS);
        assertThat(lanes.stream().mapToLong(LaneReport::batches).sum()).isBetween(4L, 2L * WALLETS);
        assertThat(lanes.stream().mapToInt(LaneReport::wallets).sum()).isEqualTo(WALLETS);
    }

    private static Future<Future<Void>> drainAndLeave(ClusterNode node) {
        return node.lanes().drain().compose(drained -> node.giveUp()).map(given -> node.leave());
    }

    private static long share(ClusterNode node) {
        return wallets().filter(node.territory()::owns).count();
    }

    private static Stream<String> wallets() {
        return IntStream.range(0, WALLETS).mapToObj(i -> "wallet-" + i);
    }

    private static void credit(ClusterNode through, int wallet) {
        Outcome outcome = LaneRig.await(through.wallets()
                .send(operation(wallet, new Command.Credit(1, LotSource.PROMO, null, Memo.NONE))));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }

    private static Operation operation(int wallet, Command command) {
        return new Operation(Ids.next(), "wallet-" + wallet, null, new Authority.House(), command);
    }

    private ClusterNode join(int port, List<String> others) {
        ClusterNode node = arrive(port, others);
        listen(node, others);
        LaneRig.await(node.takeShare());
        return node;
    }

    private ClusterNode arrive(int port, List<String> others) {
        ClusterNode node = LaneRig.await(ClusterNode.join(Defaults.cluster(port, others, 2)));
        nodes.add(node);
        return node;
    }

    private void listen(ClusterNode node, List<String> others) {
        Database opened = new Database(node.vertx(), Defaults.database(database.url()));
        LaneRig.await(node.startLanes(loop -> new Lane(loop, new PgJournal(node.vertx(), opened),
                node.territory(), Defaults.LANE, LaneMeter.NONE, Ids::next),
                new PgDeeds(node.vertx(), opened, others.isEmpty() ? PgDeeds.ALONE : Duration.ZERO)));
    }
}
