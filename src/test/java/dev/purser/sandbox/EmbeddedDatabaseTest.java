package dev.purser.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.purser.support.SandboxDatabase;

/** What is left of an earlier run, and what only looks so. */
class EmbeddedDatabaseTest {

    @TempDir
    private Path folder;

    @Test
    void shouldEndOnlyADatabaseOfItsOwnFolder() throws IOException {
        EmbeddedDatabase.start(folder.resolve("mine")).close();
        try (EmbeddedDatabase other = EmbeddedDatabase.start(folder.resolve("other"))) {
            ProcessHandle process = SandboxDatabase.in(folder.resolve("other")).process().orElseThrow();
            // As after a crash, when the number has gone to another process since.
            Files.write(folder.resolve("mine/postgres/postmaster.pid"), List.of(String.valueOf(process.pid())));
            EmbeddedDatabase.start(folder.resolve("mine")).close();
            assertThat(process.isAlive()).as(other.url()).isTrue();
        }
    }
}
