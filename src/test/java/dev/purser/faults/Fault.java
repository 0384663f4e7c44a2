package dev.purser.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import dev.purser.support.FaultyProxy;
import dev.purser.support.Intent;
import dev.purser.support.LoggingClient;
import dev.purser.support.NodeProcess;

/** What befalls a cluster of three under load. {@link Cluster#restore} puts right what a strike leaves behind. */
enum Fault {

    /** A node is killed with SIGKILL. */
    KILL_ONE(2) {
        @Override
        void strike(Scene scene) {
            scene.anyNode().kill();
        }
    },

    /** Two of the three are killed at the same time. */
    KILL_TWO(15) {
        @Override
        void strike(Scene scene) {
            scene.shuffled().subList(0, 2).forEach(NodeProcess::kill);
        }
    },

    /** All are killed, and started at the same time. */
    BOOT_TOGETHER(15) {
        @Override
        void strike(Scene scene) {
            List<NodeProcess> all = scene.cluster().alive();
            all.forEach(NodeProcess::kill);
            all.forEach(NodeProcess::start);
        }
    },

    /** A node stands still for longer than the others wait for it, and then goes on as if nothing had happened. */
    FREEZE_AND_WAKE(15) {
        @Override
        void strike(Scene scene) {
            scene.anyNode().freeze();
        }

        @Override
        void aftermath(Scene scene) throws InterruptedException {
            TimeUnit.SECONDS.sleep(scene.between(2, 5));
            scene.cluster().alive().forEach(NodeProcess::wake);
        }
    },

    /** Each node in turn leaves with SIGTERM, and comes back. */
    ROLLING_RESTART(5) {
        @Override
        void strike(Scene scene) throws InterruptedException {
            for (NodeProcess node : scene.shuffled()) {
                leave(node);
                node.start();
                scene.cluster().awaitAll();
            }
        }
    },

    /** Two more nodes come, and then any two leave. */
    GROW_AND_SHRINK(5) {
        @Override
        void strike(Scene scene) throws InterruptedException {
            for (NodeProcess node : scene.cluster().nodes()) {
                if (!node.isAlive()) {
                    node.start();
                    scene.cluster().awaitAll();
                }
            }
            for (NodeProcess node : scene.shuffled().subList(0, 2)) {
                leave(node);
                scene.cluster().awaitAll();
            }
        }
    },

    /** One node and the two others do not hear each other any more; all reach the database. */
    CUT_OFF(15) {
        @Override
        void strike(Scene scene) throws IOException, InterruptedException {
            cutOff(scene, scene.anyNode());
            outlastDetectors(scene);
        }
    },

    /** The same, and the one does not reach the database either. */
    CUT_OFF_FROM_ALL(15) {
        @Override
        void strike(Scene scene) throws IOException, InterruptedException {
            NodeProcess lonely = scene.anyNode();
            scene.cluster().wayOf(lonely).fallSilent();
            cutOff(scene, lonely);
            outlastDetectors(scene);
        }
    },

    /** What one node sends to the two others is lost; what they send arrives. */
    CUT_ONE_WAY(15) {
        @Override
        void strike(Scene scene) throws IOException, InterruptedException {
            List<NodeProcess> nodes = scene.shuffled();
            scene.cluster().cut(nodes.get(0), nodes.get(1));
            scene.cluster().cut(nodes.get(0), nodes.get(2));
            outlastDetectors(scene);
        }
    },

    /** Two nodes do not hear each other, while the third hears both. */
    CUT_BRIDGE(15) {
        @Override
        void strike(Scene scene) throws IOException, InterruptedException {
            List<NodeProcess> nodes = scene.shuffled();
            scene.cluster().cutBoth(nodes.get(0), nodes.get(1));
            outlastDetectors(scene);
        }
    },

    /** PostgreSQL is killed with SIGKILL in the middle of its work, and started again. */
    KILL_DATABASE(15) {
        @Override
        void strike(Scene scene) throws IOException {
            scene.cluster().killDatabase();
        }
    },

    /** Nothing that is sent to PostgreSQL arrives for a while, and nobody says so; then all of it does. */
    SILENT_DATABASE(10) {
        @Override
        void strike(Scene scene) throws InterruptedException {
            scene.cluster().ways().forEach(FaultyProxy::fallSilent);
            // Longer than any deadline, and every fifth time for a minute.
            TimeUnit.SECONDS.sleep(scene.between(0, 4) == 0 ? 60 : scene.between(6, 12));
            scene.cluster().ways().forEach(FaultyProxy::heal);
            int bytes = scene.cluster().ways().stream().mapToInt(FaultyProxy::deliverHeld).sum();
            System.out.printf("%,d bytes arrived late%n", bytes);
        }
    },

    /** PostgreSQL does what it is asked, but one answer in twenty is lost with its connection. */
    LOST_ANSWERS(5) {
        @Override
        void strike(Scene scene) throws InterruptedException {
            scene.cluster().ways().forEach(way -> way.dropAnswers(0.05));
            TimeUnit.SECONDS.sleep(8);
            scene.cluster().ways().forEach(FaultyProxy::heal);
        }
    },

    /** Hundreds ask for the same thing with the same key, at all nodes at once, and again with the next key. */
    RETRY_STORM(5) {
        @Override
        void strike(Scene scene) throws InterruptedException {
            List<LoggingClient> clients = scene.cluster().clients().stream()
                    .map(client -> new LoggingClient(client, scene.log())).toList();
            for (int i = 0; i < 20; i++) {
                String key = "storm-" + scene.random().nextLong();
                Intent intent = Intent.credit(scene.wallets().getFirst(), scene.between(1, 9), key).keyed(key);
                Storm.of(clients, intent, 200);
            }
        }
    },

    /** The wall clock of one node jumps by ten minutes, forward or back, and later to where it was. */
    CLOCK_JUMPS(5) {
        @Override
        void strike(Scene scene) throws IOException, InterruptedException {
            Duration wrong = Duration.ofMinutes(scene.random().nextBoolean() ? 10 : -10);
            NodeProcess node = scene.anyNode();
            scene.cluster().setClock(node, wrong);
            TimeUnit.SECONDS.sleep(4);
            scene.cluster().setClock(node, Duration.ZERO);
            TimeUnit.SECONDS.sleep(2);
        }
    };

    private final Duration servedWithin;

    Fault(int seconds) {
        this.servedWithin = Duration.ofSeconds(seconds);
    }

    /** What goes wrong, while clients are at work. */
    abstract void strike(Scene scene) throws IOException, InterruptedException;

    /** What happens once every wallet is served again, before all is put right. */
    void aftermath(Scene scene) throws IOException, InterruptedException {
    }

    /** So long after the strike every wallet is served again. */
    Duration servedWithin() {
        return servedWithin;
    }

    /**
     * Whether nobody may wait longer than {@link #servedWithin} for anything; otherwise it is only that somebody is served
     * by then, since clients of a node that stands still wait as long as they please.
     */
    boolean boundsEveryWait() {
        return switch (this) {
            case CUT_OFF, CUT_OFF_FROM_ALL, CUT_ONE_WAY, CUT_BRIDGE, ROLLING_RESTART, GROW_AND_SHRINK, LOST_ANSWERS,
                    RETRY_STORM, CLOCK_JUMPS ->
                true;
            case KILL_ONE, KILL_TWO, BOOT_TOGETHER, FREEZE_AND_WAKE, KILL_DATABASE, SILENT_DATABASE -> false;
        };
    }

    /** Whether wallets are to be served while the trouble lasts; otherwise they are when it is over. */
    boolean servesMeanwhile() {
        return this != SILENT_DATABASE;
    }

    /** How often a client may have to ask for one and the same thing. */
    long mostCalls() {
        return this == ROLLING_RESTART ? 3 : Long.MAX_VALUE;
    }

    /** Whether something may be carried out of which nobody hears; not by nodes that come and go in order. */
    boolean leavesDoubt() {
        return this != ROLLING_RESTART && this != GROW_AND_SHRINK;
    }

    /** What this machine lacks for it; nothing if all is there. */
    String missing() throws IOException {
        return switch (this) {
            case CUT_OFF, CUT_OFF_FROM_ALL, CUT_ONE_WAY, CUT_BRIDGE -> Network.isPossible()
                    ? ""
                    : "network namespaces: they take iproute2, and root or what CONTRIBUTING.md says instead";
            case CLOCK_JUMPS -> FakeClock.isPossible() ? "" : "libfaketime, of Debian's package faketime";
            default -> "";
        };
    }

    /** The one with this {@link #id}. */
    static Fault of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** As people say it. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** As files and wallets are called. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void cutOff(Scene scene, NodeProcess lonely) throws IOException {
        for (NodeProcess other : scene.cluster().alive()) {
            if (other != lonely) {
                scene.cluster().cutBoth(lonely, other);
            }
        }
    }

    /** A cut that is over before anybody has noticed is none. */
    private static void outlastDetectors(Scene scene) throws InterruptedException {
        TimeUnit.SECONDS.sleep(scene.between(9, 13));
    }

    private static void leave(NodeProcess node) throws InterruptedException {
        int code = node.terminate();
        if (code != 0) {
            throw new AssertionError("Expected a node to end well, but it ended with " + code);
        }
    }
}
