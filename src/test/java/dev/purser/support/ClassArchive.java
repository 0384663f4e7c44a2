package dev.purser.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The classes of the jar as a JVM maps them, made by a first node that starts and ends: the others start in half the time, as
 * README.md advises. The JVM leaves it aside if the jar is another one by now.
 */
final class ClassArchive {

    private ClassArchive() {
    }

    /** What tells a JVM to use it. */
    static synchronized String optionFor(Path jar) throws IOException, InterruptedException {
        Path archive = Path.of(jar + ".jsa");
        if (!Files.exists(archive) || isOlder(archive, jar)) {
            make(archive);
        }
        return "-XX:SharedArchiveFile=" + archive;
    }

    private static boolean isOlder(Path archive, Path jar) throws IOException {
        return Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0;
    }

    private static void make(Path archive) throws IOException, InterruptedException {
        Path unfinished = Path.of(archive + "." + ProcessHandle.current().pid());
        try (NodeProcess first = NodeProcess.inDevelopment("class-archive")
                .withJvm(List.of("-XX:+UseSerialGC", "-XX:ArchiveClassesAtExit=" + unfinished))) {
            int _ = first.startAsItIs().awaitReady().terminate();
        }
        Files.move(unfinished, archive, StandardCopyOption.REPLACE_EXISTING);
    }
}
