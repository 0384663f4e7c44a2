package dev.purser;

import java.nio.file.Path;

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
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node), "purser-stop"));
        try {
            node.start();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            LOG.error("Purser could not start", failure);
            System.exit(1);
        }
    }

    /** Java would end with 143 after SIGTERM; a node that has answered all that it took in ends with 0. */
    private static void stop(Node node) {
        Runtime.getRuntime().halt(node.stop() ? 0 : 1);
    }
}
