package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of an earlier run, and what only looks so. */
class EmbeddedDatabaseTest {

    @TempDir
    private Path folder;

    @Test
    void shouldEndOnlyADatabaseOfItsOwnFolder() throws IOException {
        EmbeddedDatabase.start(folder.resolve("mine")).close();
        try (EmbeddedDatabase other = EmbeddedDatabase.start(folder.resolve("other"))) {
            ProcessHandle process = ProcessHandle.of(pid(folder.resolve("other"))).orElseThrow();
            // As after a crash, when the number has gone to another process since.
            Files.write(pidFile(folder.resolve("mine")), List.of(String.valueOf(process.pid())));
            EmbeddedDatabase.start(folder.resolve("mine")).close();
            assertThat(process.isAlive()).as(other.url()).isTrue();
        }
    }

    private static long pid(Path of) throws IOException {
        return Long.parseLong(Files.readAllLines(pidFile(of)).getFirst().strip());
    }

    private static Path pidFile(Path of) {
        return of.resolve("postgres").resolve("postmaster.pid");
    }
}
