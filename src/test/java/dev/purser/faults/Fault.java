package dev.purser.faults;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import dev.purser.support.FaultyProxy;
import dev.purser.support.NodeProcess;

/** What befalls a cluster of three. When {@code strike} is over the trouble is, too. */
enum Fault {

    /** A node is killed with SIGKILL, and started again. */
    KILL_ONE(Duration.ofSeconds(2)) {
        @Override
        void strike(Cluster cluster, Random random) {
            NodeProcess victim = oneOf(cluster.nodes(), random);
            victim.kill();
        }
    },

    /** Two of the three are killed at the same time. */
    KILL_TWO(Duration.ofSeconds(15)) {
        @Override
        void strike(Cluster cluster, Random random) {
            int spared = random.nextInt(cluster.nodes().size());
            for (int i = 0; i < cluster.nodes().size(); i++) {
                if (i != spared) {
                    cluster.nodes().get(i).kill();
                }
            }
        }
    },

    /** A node stands still for longer than the others wait for it, and then goes on as if nothing had happened. */
    FREEZE_AND_WAKE(Duration.ofSeconds(15)) {
        @Override
        void strike(Cluster cluster, Random random) {
            oneOf(cluster.nodes(), random).freeze();
        }

        @Override
        void repair(Cluster cluster) throws InterruptedException {
            TimeUnit.SECONDS.sleep(5);
            cluster.nodes().forEach(NodeProcess::wake);
            TimeUnit.SECONDS.sleep(2);
        }
    },

    /** Each node in turn leaves with SIGTERM, and comes back. */
    ROLLING_RESTART(Duration.ofSeconds(5)) {
        @Override
        void strike(Cluster cluster, Random random) throws InterruptedException {
            for (NodeProcess node : cluster.nodes()) {
                leave(node);
                node.start();
                cluster.awaitAll();
            }
        }
    },

    /** PostgreSQL is killed with SIGKILL in the middle of its work, and started again. */
    KILL_DATABASE(Duration.ofSeconds(15)) {
        @Override
        void strike(Cluster cluster, Random random) throws Exception {
            cluster.killDatabase();
        }
    },

    /** Nothing that is sent to PostgreSQL arrives for a while, and nobody says so; then all of it does. */
    SILENT_DATABASE(Duration.ofSeconds(20)) {
        @Override
        void strike(Cluster cluster, Random random) throws Exception {
            cluster.ways().forEach(FaultyProxy::fallSilent);
            TimeUnit.SECONDS.sleep(8);
            cluster.ways().forEach(FaultyProxy::heal);
            int bytes = cluster.ways().stream().mapToInt(FaultyProxy::deliverHeld).sum();
            System.out.printf("%,d bytes arrived late%n", bytes);
        }
    },

    /** Again and again PostgreSQL has done what it was asked, but its answer is lost with the connection. */
    LOST_ANSWERS(Duration.ofSeconds(5)) {
        @Override
        void strike(Cluster cluster, Random random) throws Exception {
            for (int i = 0; i < 50; i++) {
                cluster.ways().get(random.nextInt(cluster.ways().size())).dropNextAnswer();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(200));
            }
        }
    },

    /** Two more nodes come, and two others leave. */
    GROW_AND_SHRINK(Duration.ofSeconds(5)) {
        @Override
        void strike(Cluster cluster, Random random) throws Exception {
            for (int i = 0; i < 2; i++) {
                cluster.add().start();
                cluster.awaitAll();
            }
            for (int i = 0; i < 2; i++) {
                leave(cluster.nodes().get(i));
                cluster.awaitAll();
            }
        }
    };

    private final Duration servedWithin;

    Fault(Duration servedWithin) {
        this.servedWithin = servedWithin;
    }

    /** What goes wrong, while clients are at work. */
    abstract void strike(Cluster cluster, Random random) throws Exception;

    /** What puts it right, once every wallet is served again: at least those that are gone are started again. */
    void repair(Cluster cluster) throws Exception {
        cluster.startTheDead();
    }

    /** So long after the strike every wallet is served again. */
    Duration servedWithin() {
        return servedWithin;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static NodeProcess oneOf(List<NodeProcess> nodes, Random random) {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private static void leave(NodeProcess node) throws InterruptedException {
        int code = node.terminate();
        if (code != 0) {
            throw new AssertionError("Expected a node to end well, but it ended with " + code);
        }
    }
}
