package dev.purser.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import dev.purser.sandbox.DemoUser;
import dev.purser.sandbox.EmbeddedDatabase;
import dev.purser.support.FaultyProxy;
import dev.purser.support.Folders;
import dev.purser.support.FreePorts;
import dev.purser.support.NodeClient;
import dev.purser.support.NodeProcess;
import dev.purser.support.Place;
import dev.purser.support.SandboxDatabase;
import dev.purser.support.StripeEvents;
import dev.purser.support.TestDatabase;

/**
 * Some nodes and their database. Each node has a place of its own in the network where this machine allows it, a way of its
 * own to the database, and a wall clock of its own.
 */
final class Cluster implements AutoCloseable {

    private static final int SIZE = 3;
    private static final int MOST = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Optional<Network> network;
    private final List<FaultyProxy> ways = new ArrayList<>();
    private final List<FakeClock> clocks = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private EmbeddedDatabase database;

    private Cluster(String name, boolean ownClocks) throws IOException {
        this.folder = Files.createDirectories(
                Path.of("target", "faults", name + "-" + ProcessHandle.current().pid() + "-" + System.nanoTime()));
        this.database = EmbeddedDatabase.start(folder);
        this.network = Network.open(MOST);
        List<Place> places = network.map(Network::places).orElse(Collections.nCopies(MOST, Place.HERE));
        List<String> members = places.stream().map(place -> place.address() + ":" + FreePorts.next()).toList();
        for (int i = 0; i < MOST; i++) {
            ways.add(FaultyProxy.before(database.url(), network.map(Network::gateway).orElse(Place.HERE.address())));
            Map<String, String> settings = new HashMap<>(settings(ways.getLast(), members.get(i), members));
            if (ownClocks) {
                clocks.add(FakeClock.in(folder.resolve(i + ".clock")).orElseThrow());
                settings.putAll(clocks.getLast().environment());
            }
            nodes.add(new NodeProcess(name + "-" + i, places.get(i), settings));
        }
    }

    /** A cluster of three for this fault, ready; two more nodes are not started yet. */
    static Cluster start(Fault fault) throws IOException {
        Cluster cluster = new Cluster(fault.id(), fault == Fault.CLOCK_JUMPS);
        try {
            cluster.restore();
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private Map<String, String> settings(FaultyProxy way, String member, List<String> members) {
        return Map.of("PURSER_DATABASE_URL", way.url(), "PURSER_CLUSTER_PORT",
                member.substring(member.indexOf(':') + 1), "PURSER_CLUSTER_MEMBERS", String.join(",", members),
                "PURSER_RATE_LIMITS", "off", "STRIPE_WEBHOOK_SECRET", StripeEvents.SECRET, "STRIPE_LIVE", "off");
    }

    /** Puts all right: what is cut, silent, asleep, wrong or dead; then waits until there are three who see each other. */
    void restore() throws IOException {
        if (network.isPresent()) {
            network.get().heal();
        }
        for (FaultyProxy way : ways) {
            way.heal();
            int _ = way.deliverHeld();
        }
        for (FakeClock clock : clocks) {
            clock.jump(Duration.ZERO);
        }
        alive().forEach(NodeProcess::wake);
        nodes.stream().filter(Predicate.not(NodeProcess::isAlive)).limit(Math.max(0, SIZE - alive().size())).toList()
                .forEach(NodeProcess::start);
        awaitAll();
    }

    /** Waits until all nodes are ready, and see as many as there are. */
    void awaitAll() {
        alive().forEach(NodeProcess::awaitReady);
        Awaitility.await("a cluster of " + alive().size()).atMost(PATIENCE)
                .until(() -> alive().stream().allMatch(node -> seen(node) == alive().size()));
    }

    /** How many nodes a node says that there are. */
    private static long seen(NodeProcess node) {
        return node.output().lines().filter(line -> line.contains("The cluster has ")).reduce((first, last) -> last)
                .map(line -> Long.valueOf(line.replaceAll(".*The cluster has (\\d+) node.*", "$1"))).orElse(0L);
    }

    /** All that there may be, whether they run or not. */
    List<NodeProcess> nodes() {
        return nodes;
    }

    /** Leaves in a folder what each node has written, what it says of its health, and what its threads are doing. */
    void testify(Path into) throws IOException, InterruptedException {
        Files.createDirectories(into);
        for (int i = 0; i < nodes.size(); i++) {
            NodeProcess node = nodes.get(i);
            Files.writeString(into.resolve(i + ".log"), node.output());
            if (node.isAlive()) {
                Files.writeString(into.resolve(i + ".health"), health(node));
                Files.writeString(into.resolve(i + ".threads"), node.threads());
            }
        }
    }

    private static String health(NodeProcess node) throws InterruptedException {
        try {
            return node.management("/health/ready").text();
        } catch (IOException silent) {
            return silent.toString();
        }
    }

    List<NodeProcess> alive() {
        return nodes.stream().filter(NodeProcess::isAlive).toList();
    }

    /** The way to the database of each of {@link #nodes}. */
    List<FaultyProxy> ways() {
        return ways;
    }

    /** The way of one of them. */
    FaultyProxy wayOf(NodeProcess node) {
        return ways.get(nodes.indexOf(node));
    }

    /** What one sends to the other is lost from now on. */
    void cut(NodeProcess from, NodeProcess to) throws IOException {
        network.orElseThrow().cut(nodes.indexOf(from), nodes.indexOf(to));
    }

    /** Neither hears the other any more. */
    void cutBoth(NodeProcess one, NodeProcess other) throws IOException {
        cut(one, other);
        cut(other, one);
    }

    /** Sets a node's wall clock wrong. */
    void setClock(NodeProcess node, Duration wrongBy) throws IOException {
        clocks.get(nodes.indexOf(node)).jump(wrongBy);
    }

    /** Backends that ask those that are alive now. */
    List<NodeClient> clients() {
        return alive().stream().map(node -> node.as(DemoUser.BACKEND)).toList();
    }

    TestDatabase tables() {
        return TestDatabase.at(database.url());
    }

    /** Ends PostgreSQL with SIGKILL, all of it, and starts it again on what it left. */
    void killDatabase() throws IOException {
        ProcessHandle first = SandboxDatabase.in(folder).process().orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(first.descendants().toList());
        all.addFirst(first);
        all.forEach(ProcessHandle::destroyForcibly);
        Awaitility.await("end of PostgreSQL").atMost(PATIENCE)
                .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        // It finds nothing to stop, but lets go of the folder.
        database.close();
        database = EmbeddedDatabase.start(folder);
        ways.forEach(way -> way.leadTo(database.url()));
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(NodeProcess::close);
        for (FaultyProxy way : ways) {
            way.close();
        }
        if (network.isPresent()) {
            network.get().close();
        }
        database.close();
        Folders.delete(folder);
    }
}
