package dev.purser.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.hazelcast.core.HazelcastInstance;

import dev.purser.lane.Deeds;
import dev.purser.lane.Lane;
import dev.purser.lane.LaneLoop;
import dev.purser.lane.WalletWatch;
import dev.purser.lane.Wallets;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/** This node as a member of the cluster: its event loops, its lanes and its view of who owns what. */
public final class ClusterNode {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);

    private final Vertx vertx;
    private final ClusterSettings settings;
    private final HazelcastInstance hazelcast;
    private final Share share;
    private final String nodeId;
    private final Territory territory = new Territory(System::nanoTime);
    private final LocalLanes lanes = new LocalLanes();
    private final WalletRouter router;
    private final SelfPing selfPing;
    private final RollCall rollCall;
    private volatile @Nullable Surveyor surveyor;

    private ClusterNode(Vertx vertx, HazelcastClusterManager manager, ClusterSettings settings, Share share) {
        this.vertx = vertx;
        this.settings = settings;
        this.hazelcast = manager.getHazelcastInstance();
        this.share = share;
        this.nodeId = manager.getNodeId();
        Peers peers = new Peers(vertx, settings, System::nanoTime);
        this.router = new WalletRouter(vertx, territory, lanes, peers, settings.delivery());
        this.selfPing = new SelfPing(vertx, address -> isKnown(manager, address));
        this.rollCall = new RollCall(vertx, nodeId, territory, lanes);
        territory.onChange(lanes::ownershipChanged);
        territory.onMembers(peers::retain);
        territory.onMembers(lanes::membersChanged);
        peers.start();
        WireCodec.register(vertx.eventBus());
        WatchedDelivery.watch(vertx.eventBus());
    }

    private Future<Boolean> isKnown(HazelcastClusterManager manager, String address) {
        Promise<List<RegistrationInfo>> registrations = Promise.promise();
        manager.getRegistrations(address, registrations);
        return registrations.future().map(all -> all.stream().anyMatch(one -> one.nodeId().equals(nodeId)));
    }

    /** Joins the cluster; alone, it does not wait for anybody. */
    public static Future<ClusterNode> join(ClusterSettings settings) {
        Share share = new Share();
        HazelcastClusterManager manager = new HazelcastClusterManager(share.joining(HazelcastConfig.of(settings)));
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(settings.eventLoops())
                .setPreferNativeTransport(true)
                .setEventBusOptions(BusOptions.of(settings));
        return Vertx.builder().with(options).withClusterManager(manager).buildClustered()
                .map(vertx -> new ClusterNode(vertx, manager, settings, share));
    }

    /** Starts the lanes, each made by {@code maker} on a thread of its own. */
    public Future<Void> startLanes(Function<LaneLoop, Lane> maker, Deeds deeds) {
        List<Future<String>> deployed = new ArrayList<>();
        for (int lane = 0; lane < settings.lanes(); lane++) {
            LaneVerticle verticle = new LaneVerticle(lane, nodeId, maker, lanes);
            deployed.add(vertx.deployVerticle(verticle).onSuccess(_ -> selfPing.watch(verticle)));
        }
        return Future.all(deployed).compose(all -> rollCall.listen()).compose(listening -> vertx.executeBlocking(() -> {
            Surveyor started = new Surveyor(hazelcast, nodeId, deeds, territory, share, Surveyor.PAUSE);
            surveyor = started;
            return started.start();
        }).compose(Function.identity()));
    }

    /** Takes this node's share of the wallets: from now on it has to serve them. Alone it has all of them anyway. */
    public Future<Void> takeShare() {
        Surveyor started = surveyor;
        return started == null
                ? Future.failedFuture(new IllegalStateException("Expected lanes that listen before there are wallets"))
                : started.takeShare();
    }

    /** From then on {@code listener} hears of the wallets that the answer is told to watch. */
    public Future<WalletWatch> watch(WalletWatch.Listener listener) {
        Lookout lookout = new Lookout(nodeId, territory, listener);
        return vertx.deployVerticle(lookout).map(deployed -> {
            selfPing.watch(lookout);
            return lookout;
        });
    }

    public Vertx vertx() {
        return vertx;
    }

    public Wallets wallets() {
        return router;
    }

    public LocalLanes lanes() {
        return lanes;
    }

    public Territory territory() {
        return territory;
    }

    /** What keeps this node from doing its part in the cluster, if anything. */
    public Optional<String> trouble() {
        if (!territory.isComplete()) {
            return Optional.of("Expected every partition to have an owner in sight, but some have none");
        }
        long unreached = selfPing.unreached();
        return unreached == 0
                ? Optional.empty()
                : Optional.of("Expected the event bus to reach whatever listens on this node, but " + unreached + " of "
                        + selfPing.size() + " do not hear it; they are being registered anew");
    }

    /** How all nodes are, for people to look at. The future never fails. */
    public Future<ClusterReport> report() {
        return rollCall.call();
    }

    public String nodeId() {
        return nodeId;
    }

    /**
     * Gives its wallets to the other nodes, while its lanes still answer where each of them went. Leaving does that too,
     * but then the event bus is closed already, and callers elsewhere cannot know whether they were heard.
     */
    public Future<Void> handOver() {
        return vertx.executeBlocking(share::giveAway).otherwise(failure -> {
            LOG.warn("Could not hand over wallets before leaving: {}", failure.toString());
            return false;
        }).mapEmpty();
    }

    /** How many nodes Hazelcast has let in, this one among them. */
    int members() {
        return hazelcast.getCluster().getMembers().size();
    }

    /** Gives up what it holds, once nothing is under way any more: nobody has to wait for it then. */
    public Future<Void> giveUp() {
        Surveyor started = surveyor;
        return started == null ? Future.succeededFuture() : started.leave();
    }

    /** Leaves the cluster and ends all its threads. */
    public Future<Void> leave() {
        Surveyor started = surveyor;
        if (started != null) {
            started.close();
        }
        return vertx.close();
    }
}
