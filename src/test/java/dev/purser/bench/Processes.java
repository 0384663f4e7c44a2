package dev.purser.bench;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.purser.bench.rivals.RivalKind;
import dev.purser.bench.rivals.RivalServer;
import dev.purser.support.NodeProcess;

/** The servers' processes, all run with the same options, and ended with the benchmark. */
final class Processes implements AutoCloseable {

    /** For rivals and service alike. */
    static final List<String> JVM = List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC");

    private final List<Runnable> endings = new ArrayList<>();
    private final Path logs;

    Processes(Path logs) {
        this.logs = logs;
    }

    /** The service from its jar, as one would run it. */
    Contestant service(String name, Path jar, Postgres postgres, String database, List<String> jvm) {
        NodeProcess node = new NodeProcess("bench-" + database, Map.of("PURSER_DATABASE_URL", postgres.url(database),
                "PURSER_RATE_LIMITS", "off")).withJar(jar).withJvm(jvm);
        endings.add(node::close);
        node.start().awaitReady();
        return new Contestant(name, node.httpPort(), node.pid(), postgres.pid(),
                Runtime.getRuntime().availableProcessors());
    }

    /** A rival, with a port for each number of connections. */
    List<Contestant> rival(RivalKind kind, String url, long storePid, List<Integer> connections) {
        try {
            return started(kind, url, storePid, connections);
        } catch (IOException e) {
            throw new UncheckedIOException("Expected %s to start; see %s".formatted(kind, logs), e);
        }
    }

    private List<Contestant> started(RivalKind kind, String url, long storePid, List<Integer> connections)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RivalServer.class.getName(), kind.name(),
                url, NodeProcess.SECRET));
        connections.forEach(number -> command.add(String.valueOf(number)));
        Process process = new ProcessBuilder(command)
                .redirectError(logs.resolve(kind.name().toLowerCase(Locale.ROOT) + ".log").toFile()).start();
        endings.add(process::destroy);
        BufferedReader lines = process.inputReader();
        List<Contestant> bySize = new ArrayList<>();
        for (String line = lines.readLine(); !"ready".equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new EOFException("It ended before it was ready");
            }
            if (line.matches("\\d+ \\d+")) {
                String[] part = line.split(" ", -1);
                bySize.add(new Contestant(kind.title(), Integer.parseInt(part[1]), process.pid(), storePid,
                        Integer.parseInt(part[0])));
            }
        }
        return bySize;
    }

    @Override
    public void close() {
        endings.reversed().forEach(Runnable::run);
    }
}
