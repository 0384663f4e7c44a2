package dev.purser.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import org.awaitility.Awaitility;

import dev.purser.sandbox.DemoUser;

/**
 * The classes of the jar as a JVM maps them, loaded and linked, made by a first node that works for a while: the others start
 * with half the processor time, and need not load and link while they answer their first calls. The JVM leaves it aside if
 * the jar is another one by now.
 */
final class ClassArchive {

    private static final int ACKNOWLEDGED = 500;

    private ClassArchive() {
    }

    /** What tells a JVM to use it. */
    static synchronized String optionFor(Path jar) throws IOException, InterruptedException {
        Path archive = Path.of(jar + ".aot");
        if (!Files.exists(archive) || isOlder(archive, jar)) {
            make(archive);
        }
        return "-XX:AOTCache=" + archive;
    }

    private static boolean isOlder(Path archive, Path jar) throws IOException {
        return Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0;
    }

    private static void make(Path archive) throws IOException, InterruptedException {
        Path unfinished = Path.of(archive + "." + ProcessHandle.current().pid());
        try (NodeProcess first = NodeProcess.inDevelopment("class-archive")) {
            first.startWith(List.of("-XX:AOTCacheOutput=" + unfinished)).awaitReady();
            work(first);
            int _ = first.terminate();
        }
        Files.move(unfinished, archive, StandardCopyOption.REPLACE_EXISTING);
    }

    /** All that a node is asked for often is asked for. */
    private static void work(NodeProcess node) throws InterruptedException {
        ClientLog log = new ClientLog();
        Load load = Load.start(log, List.of(node.as(DemoUser.BACKEND)), Load.wallets("class-archive", 4),
                Pace.clients(8), 1);
        Awaitility.await("some work").until(() -> log.acknowledged().size() > ACKNOWLEDGED);
        load.finish();
    }
}
