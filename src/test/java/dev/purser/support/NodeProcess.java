package dev.purser.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import dev.purser.Settings;
import dev.purser.sandbox.DemoUser;
import dev.purser.support.NodeClient.Reply;

/**
 * A node as a process of its own, run from the jar. It can be ended and started again, with the same ports, data and
 * settings; its output is kept below {@code target/it-logs}.
 */
public final class NodeProcess implements AutoCloseable {

    /** What tokens are signed with, unless a test says otherwise. */
    public static final String SECRET = "a-secret-of-integration-tests-and-nothing-else";

    /** The build at hand. */
    public static final Path JAR = Path.of(System.getProperty("purser.jar", "target/purser.jar")).toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Nodes that live for seconds are not worth being compiled well: it takes longer than they do. */
    private static final List<String> SMALL = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final String name;
    private final Place place;
    private final Path folder;
    private final Path log;
    private final int httpPort = FreePorts.next();
    private final int managementPort = FreePorts.next();
    private final Map<String, String> settings;
    private List<String> jvm = SMALL;
    private Path jar = JAR;
    private @Nullable Process process;

    /** A node that is not started yet, with a data folder that is empty. */
    public NodeProcess(String name, Map<String, String> settings) {
        this(name, Place.HERE, settings);
    }

    /** The same at another place. */
    public NodeProcess(String name, Place place, Map<String, String> settings) {
        this.name = name;
        this.place = place;
        this.folder = Folders.emptied(Path.of("target", "it-data", name).toAbsolutePath());
        this.log = Folders.emptied(Path.of("target", "it-logs").resolve(name)).resolve("node.log");
        this.settings = new HashMap<>(Map.of("PURSER_HTTP_PORT", String.valueOf(httpPort), "PURSER_MANAGEMENT_PORT",
                String.valueOf(managementPort), "PURSER_HTTP_HOST", place.address(), "PURSER_MANAGEMENT_HOST",
                place.address(), "PURSER_DATA_DIR", folder.toString(),
                "PURSER_JWT_SECRET", SECRET));
        this.settings.putAll(settings);
        this.settings.values().removeIf(String::isEmpty);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** A node in production mode on this database. */
    public static NodeProcess inProduction(String name, TestDatabase database) {
        return new NodeProcess(name, Map.of("PURSER_DATABASE_URL", database.url()));
    }

    /** A node in development mode, with a database of its own and tokens signed with the secret that everybody knows. */
    public static NodeProcess inDevelopment(String name) {
        return new NodeProcess(name, Map.of("PURSER_MODE", "dev", "PURSER_JWT_SECRET", ""));
    }

    /** Other options for its JVM than the small ones. */
    public NodeProcess withJvm(List<String> options) {
        jvm = List.copyOf(options);
        return this;
    }

    /** Another build than the one at hand. */
    public NodeProcess withJar(Path other) {
        jar = other.toAbsolutePath();
        return this;
    }

    @CanIgnoreReturnValue
    public NodeProcess start() {
        try {
            // The archive remembers how far a small JVM has compiled what, and a large one would leave it at that.
            return startWith(jvm.equals(SMALL) ? List.of(ClassArchive.optionFor(jar)) : List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted before " + name + " was started", e);
        }
    }

    /** Starts it with more options for its JVM. */
    @CanIgnoreReturnValue
    NodeProcess startWith(List<String> options) {
        List<String> command = new ArrayList<>(place.entrance());
        command.add(JAVA.toString());
        command.addAll(jvm);
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PURSER_")
                || variable.startsWith("STRIPE_") || variable.startsWith("REVENUECAT_"));
        builder.environment().putAll(settings);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    @CanIgnoreReturnValue
    public NodeProcess awaitReady() {
        Awaitility.await(name + " to be ready").atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(isAlive()).as("%s runs; it said:\n%s", name, output()).isTrue();
            return managementStatus("/health/ready") == 200;
        });
        return this;
    }

    /** What the management server answers. */
    public Reply management(String path) throws IOException, InterruptedException {
        return NodeClient.getPlain("http://" + place.address() + ":" + managementPort + path);
    }

    /** The status that the management server answers with; 0 when it does not answer. */
    public int managementStatus(String path) throws InterruptedException {
        try {
            return management(path).status();
        } catch (IOException notThere) {
            return 0;
        }
    }

    public NodeClient as(DemoUser user) {
        return NodeClient.of("http://" + place.address() + ":" + httpPort,
                settings.getOrDefault("PURSER_JWT_SECRET", Settings.Tokens.Secret.DEV), user);
    }

    /** Where its API is. */
    public String address() {
        return place.address() + ":" + httpPort;
    }

    public long pid() {
        return running().pid();
    }

    public int httpPort() {
        return httpPort;
    }

    /** Its data folder's database, in development mode. */
    public SandboxDatabase sandbox() {
        return SandboxDatabase.in(folder);
    }

    /** All that it printed, over all its starts. */
    public String output() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its threads are doing. */
    public String threads() throws IOException {
        Process jcmd = new ProcessBuilder(JAVA.resolveSibling("jcmd").toString(), String.valueOf(pid()), "Thread.print")
                .redirectErrorStream(true).start();
        return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Sends SIGTERM, and goes on. */
    public void tellToEnd() {
        running().destroy();
    }

    /** Waits for it to end by itself, and answers its exit code. */
    public int awaitExit(Duration patience) throws InterruptedException {
        assertThat(running().waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
                .as("%s ends within %s; it said:\n%s", name, patience, output()).isTrue();
        return running().exitValue();
    }

    /** Sends SIGTERM, and answers the exit code. */
    public int terminate() throws InterruptedException {
        tellToEnd();
        return awaitExit(PATIENCE);
    }

    /** Sends SIGKILL. */
    public void kill() {
        assertThat(running().destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join().isAlive()).isFalse();
    }

    /** Stops it where it is, with SIGSTOP, until {@link #wake}. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on, as if no time had passed. */
    public void wake() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).inheritIO().start().waitFor();
            assertThat(code).as("kill -%s", name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while sending a signal", e);
        }
    }

    private Process running() {
        return Objects.requireNonNull(process, () -> "Expected " + name + " to be started");
    }

    /** Leaves nothing behind that runs. */
    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
        sandbox().end();
    }
}
