package dev.purser.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Processes that get a processor for a part of the time only, as under a quota or beside a greedy neighbour: they are
 * stopped, and go on, twenty times a second.
 */
final class Starved implements AutoCloseable {

    private static final double PERIOD_SECONDS = 0.05;
    /** Its arguments: for how many seconds they are stopped, for how many they go on, who. */
    private static final String LOOP = """
            stopped=$1 going=$2
            shift 2
            trap 'kill -CONT "$@"; exit' TERM
            while kill -0 $PPID; do
              kill -STOP "$@"
              sleep $stopped
              kill -CONT "$@"
              sleep $going
            done""";

    private final Process loop;

    private Starved(Process loop) {
        this.loop = loop;
    }

    /** A process and all that it has started so far run in so many percent of the time. */
    static Starved to(int percent, ProcessHandle process) throws IOException {
        Stream<String> times = Stream.of(100 - percent, percent)
                .map(part -> "%.4f".formatted(part * PERIOD_SECONDS / 100));
        Stream<String> ids = Stream.concat(Stream.of(process), process.descendants()).map(ProcessHandle::pid)
                .map(String::valueOf);
        List<String> command = new ArrayList<>(List.of("sh", "-c", LOOP, "starved"));
        Stream.concat(times, ids).forEach(command::add);
        return new Starved(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
    }

    @Override
    public void close() {
        loop.destroy();
        loop.onExit().join();
    }
}
