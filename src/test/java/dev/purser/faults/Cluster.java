package dev.purser.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import dev.purser.sandbox.DemoUser;
import dev.purser.sandbox.EmbeddedDatabase;
import dev.purser.support.FaultyProxy;
import dev.purser.support.Folders;
import dev.purser.support.FreePorts;
import dev.purser.support.NodeClient;
import dev.purser.support.NodeProcess;
import dev.purser.support.SandboxDatabase;
import dev.purser.support.TestDatabase;

/** Some nodes and their database, each node with a way of its own to that. */
final class Cluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Path folder;
    private final String name;
    private final List<Integer> ports = new ArrayList<>();
    private final List<FaultyProxy> ways = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private EmbeddedDatabase database;

    /** @param most how many nodes there will ever be */
    private Cluster(String name, int most) throws IOException {
        this.name = name;
        this.folder = Path.of("target", "faults", name + "-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
        this.database = EmbeddedDatabase.start(folder);
        for (int i = 0; i < most; i++) {
            ports.add(FreePorts.next());
        }
    }

    /** A cluster of so many nodes, ready; room is kept for some more. */
    static Cluster start(String name, int size, int most) throws IOException {
        Cluster cluster = new Cluster(name, most);
        for (int i = 0; i < size; i++) {
            cluster.add().start();
        }
        cluster.awaitAll();
        return cluster;
    }

    /** One more node, not started yet. */
    NodeProcess add() {
        FaultyProxy way = FaultyProxy.before(database.url());
        ways.add(way);
        int index = nodes.size();
        nodes.add(new NodeProcess(name + "-" + index, Map.of("PURSER_DATABASE_URL", way.url(), "PURSER_CLUSTER_PORT",
                String.valueOf(ports.get(index)), "PURSER_CLUSTER_MEMBERS",
                ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")),
                "PURSER_RATE_LIMITS", "off")));
        return nodes.getLast();
    }

    /** Waits until all nodes are ready, and see as many as there are. */
    void awaitAll() {
        long alive = nodes.stream().filter(NodeProcess::isAlive).count();
        nodes.stream().filter(NodeProcess::isAlive).forEach(NodeProcess::awaitReady);
        Awaitility.await("a cluster of " + alive).atMost(PATIENCE).until(() -> nodes.stream()
                .filter(NodeProcess::isAlive).allMatch(node -> seen(node) == alive));
    }

    /** Starts those that are gone, and waits for all. */
    void startTheDead() {
        nodes.stream().filter(node -> !node.isAlive()).forEach(NodeProcess::start);
        awaitAll();
    }

    /** How many nodes a node says that there are. */
    private static long seen(NodeProcess node) {
        return node.output().lines().filter(line -> line.contains("The cluster has ")).reduce((first, last) -> last)
                .map(line -> Long.valueOf(line.replaceAll(".*The cluster has (\\d+) node.*", "$1"))).orElse(0L);
    }

    List<NodeProcess> nodes() {
        return nodes;
    }

    List<FaultyProxy> ways() {
        return ways;
    }

    List<NodeClient> clients() {
        return nodes.stream().map(node -> node.as(DemoUser.BACKEND)).toList();
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
        database.close();
        Folders.delete(folder);
    }
}
