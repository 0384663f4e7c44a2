package dev.purser.bench.batches;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A running {@link BatchServer}, seen from the one that started it. */
public final class BatchProcess implements AutoCloseable {

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    private BatchProcess(Process process) {
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts one with the classes of a build, and waits until its database is filled. */
    public static BatchProcess start(Path build, String url, Path log) throws IOException {
        // Without the classes at hand: they, and their migrations above all, are those of one build only.
        String classes = Stream.concat(Stream.of(build.toString()),
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .filter(each -> !Path.of(each).endsWith(Path.of("target", "classes"))))
                .collect(Collectors.joining(File.pathSeparator));
        BatchProcess started = new BatchProcess(new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms1g", "-Xmx1g",
                "-XX:+UseSerialGC", "-cp", classes, BatchServer.class.getName(), url))
                .redirectError(log.toFile()).start());
        started.await("ready", log.toString());
        return started;
    }

    public void commit(Shape shape, int size) throws IOException {
        orders.write(shape + " " + size);
        orders.newLine();
        orders.flush();
        await("done", "its log");
    }

    private void await(String answer, String log) throws IOException {
        String line = answers.readLine();
        while (line != null && !line.equals(answer)) {
            line = answers.readLine();
        }
        if (line == null) {
            throw new IOException("Expected a batch to be committed, but the process ended; see " + log);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
