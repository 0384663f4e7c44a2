package dev.purser.bench.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** A running load process, seen from the one that started it. */
public final class LoadProcess implements AutoCloseable {

    private final Process process;
    private final BufferedWriter work;
    private final BufferedReader heard;

    private LoadProcess(Process process) {
        this.process = process;
        this.work = process.outputWriter(StandardCharsets.UTF_8);
        this.heard = process.inputReader(StandardCharsets.UTF_8);
    }

    public static LoadProcess start(String secret) throws IOException {
        return new LoadProcess(new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms1g", "-Xmx1g",
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), LoadServer.class.getName(), secret))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Does the work, and blocks until it is done. */
    @CanIgnoreReturnValue
    public Heard carryOut(Work round) throws IOException {
        work.write(round.written());
        work.newLine();
        work.flush();
        String line = heard.readLine();
        if (line == null) {
            throw new IOException("Expected to hear from the load, but its process ended");
        }
        return Heard.read(line);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
