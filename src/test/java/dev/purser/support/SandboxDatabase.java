package dev.purser.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.awaitility.Awaitility;

/** The PostgreSQL that a node in development mode keeps in its data folder, as the files there tell of it. */
public final class SandboxDatabase {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path pidFile;

    private SandboxDatabase(Path dataFolder) {
        this.pidFile = dataFolder.resolve("postgres").resolve("postmaster.pid");
    }

    public static SandboxDatabase in(Path dataFolder) {
        return new SandboxDatabase(dataFolder);
    }

    /** The running one, for the test's own look at the tables. */
    public TestDatabase tables() {
        return TestDatabase.at("postgresql://postgres@127.0.0.1:" + lines().get(3).strip() + "/postgres");
    }

    /** Its first process, if there is one. */
    public Optional<ProcessHandle> process() {
        List<String> lines = lines();
        return lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                        .filter(found -> found.info().command().orElse("").endsWith("postgres"));
    }

    /** Ends it if it is still there, as its owner was killed. */
    public void end() {
        process().ifPresent(left -> {
            assertThat(left.destroy()).as("told %s to end", left).isTrue();
            Awaitility.await("end of " + left).atMost(PATIENCE).until(() -> !left.isAlive());
        });
    }

    private List<String> lines() {
        try {
            return Files.exists(pidFile) ? Files.readAllLines(pidFile) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
