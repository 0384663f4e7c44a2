package dev.purser;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service. Reads its settings, starts a node, and drains it when it is told to stop. */
public final class Purser {

    private static final Logger LOG = LoggerFactory.getLogger(Purser.class);

    private Purser() {
    }

    public static void main(String[] arguments) {
        Settings settings;
        try {
            settings = SettingsReader.read(System.getenv(), Path.of(""));
        } catch (WrongSettings wrong) {
            System.err.println(wrong.getMessage());
            System.exit(1);
            return;
        }
        Node node = new Node(settings);
        AtomicBoolean failed = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node, failed), "purser-stop"));
        stopWithParent();
        try {
            node.start();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            if (!isEnding()) {
                LOG.error("Purser could not start", failure);
                failed.set(true);
                System.exit(1);
            }
        }
    }

    /** Who is told to stop while it starts cannot start any more, and that is no failure. */
    private static boolean isEnding() {
        try {
            Runtime.getRuntime().removeShutdownHook(new Thread());
            return false;
        } catch (IllegalStateException ending) {
            return true;
        }
    }

    /** In development mode the service runs inside a build; when that is ended, by whatever signal, so is the service. */
    private static void stopWithParent() {
        if (Boolean.getBoolean("purser.stopWithParent")) {
            ProcessHandle.current().parent().ifPresent(parent -> Thread.ofPlatform().daemon().start(() -> {
                parent.onExit().join();
                System.exit(0);
            }));
        }
    }

    /** Java would end with 143 after SIGTERM; a node that has answered all that it took in ends with 0. */
    private static void stop(Node node, AtomicBoolean failed) {
        Runtime.getRuntime().halt(node.stop() && !failed.get() ? 0 : 1);
    }
}
