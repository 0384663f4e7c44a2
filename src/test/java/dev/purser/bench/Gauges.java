package dev.purser.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What has been used up so far: processor time in seconds, of a contestant's process and of PostgreSQL's or Redis's; bytes of
 * the write-ahead log; transactions that wrote.
 */
record Gauges(double service, double store, double walBytes, double commits) {

    static final Gauges NONE = new Gauges(0, 0, 0, 0);

    private static final double TICKS_A_SECOND = 100;
    private static final int USER_TIME_AT = 11;
    private static final int PARENT_AT = 1;
    private static final Path PROCESSES = Path.of("/proc");

    static Gauges read(Contestant contestant, Postgres postgres) {
        var usage = postgres.query("postgres", """
                select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as wal,
                       pg_snapshot_xmax(pg_current_snapshot()) as commits""");
        double store = contestant.storePid() == postgres.pid() ? ofTree(postgres.pid()) : of(contestant.storePid());
        return new Gauges(of(contestant.pid()), store, Double.parseDouble(usage.getOrDefault("wal", "0")),
                Double.parseDouble(usage.getOrDefault("commits", "0")));
    }

    Gauges minus(Gauges before) {
        return new Gauges(service - before.service, store - before.store, walBytes - before.walBytes,
                commits - before.commits);
    }

    private static double of(long pid) {
        return pid == 0 ? 0 : used(stat(PROCESSES.resolve(String.valueOf(pid))), false);
    }

    /** What the threads have used by which a JVM translates the code that it runs often: all have this word in their names. */
    static double ofCompilers(long pid) {
        return numbered(PROCESSES.resolve(String.valueOf(pid)).resolve("task")).stream()
                .filter(thread -> text(thread.resolve("comm")).contains("Compiler"))
                .mapToDouble(thread -> used(stat(thread), false)).sum();
    }

    /** Of a process, its children, and those that have ended. */
    private static double ofTree(long pid) {
        double sum = used(stat(PROCESSES.resolve(String.valueOf(pid))), true);
        for (Path process : numbered(PROCESSES)) {
            String[] stat = stat(process);
            if (stat.length > PARENT_AT && stat[PARENT_AT].equals(String.valueOf(pid))) {
                sum += used(stat, false);
            }
        }
        return sum;
    }

    private static List<Path> numbered(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().matches("\\d+")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double used(String[] stat, boolean withEndedChildren) {
        double ticks = 0;
        for (int i = USER_TIME_AT; stat.length > USER_TIME_AT && i < USER_TIME_AT + (withEndedChildren ? 4 : 2); i++) {
            ticks += Double.parseDouble(stat[i]);
        }
        return ticks / TICKS_A_SECOND;
    }

    /** The fields after the name, which may have spaces in it; none if the process has ended. */
    private static String[] stat(Path process) {
        String line = text(process.resolve("stat"));
        return line.isEmpty() ? new String[0] : line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    }

    /** Empty if the process or thread has ended. */
    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException ended) {
            return "";
        }
    }
}
