package dev.purser.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL that this process starts and stops, durable like any other: fsync is on, its data stays. */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /** Starts it on a free port, with its data in {@code folder}. Blocks until it answers. */
    public static EmbeddedDatabase start(Path folder) throws IOException {
        Path data = folder.toAbsolutePath().normalize().resolve("postgres");
        createForOwner(folder);
        endSurvivor(data);
        return new EmbeddedDatabase(EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(folder.resolve("postgres-programs").toFile())
                // The library turns these off, for tests that need not survive anything.
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setPGStartupWait(PATIENCE)
                // Whoever started it closes it, in the right order; a hook would close it under a draining service.
                .setRegisterShutdownHook(false)
                .start());
    }

    public String url() {
        return "postgresql://postgres@127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }

    /** Programs are run from in there: nobody else may put some. */
    private static void createForOwner(Path folder) throws IOException {
        Files.createDirectories(folder);
        PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** A service that was killed leaves its database running; two must not serve one folder. */
    private static void endSurvivor(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        Optional<ProcessHandle> survivor = lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                        .filter(process -> isPostgresOf(process, data));
        if (survivor.isPresent()) {
            LOG.info("Ending the database that an earlier run left behind (process {})", survivor.get().pid());
            end(survivor.get());
        }
        Files.deleteIfExists(pidFile);
    }

    /** The number may be another's by now, even that of a PostgreSQL with other data. */
    private static boolean isPostgresOf(ProcessHandle process, Path data) {
        return process.info().command().map(command -> command.endsWith("postgres")).orElse(false)
                && isAt(process, data);
    }

    private static boolean isAt(ProcessHandle process, Path data) {
        try {
            // It works in the folder of its data.
            return Files.isSameFile(Path.of("/proc", String.valueOf(process.pid()), "cwd"), data);
        } catch (IOException elsewhere) {
            return process.info().arguments().map(all -> List.of(all).contains(data.toString())).orElse(false);
        }
    }

    private static void end(ProcessHandle process) throws IOException {
        process.destroy();
        try {
            process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException("Expected process " + process.pid() + " to end, but it still runs", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for process " + process.pid() + " to end", e);
        }
    }
}
