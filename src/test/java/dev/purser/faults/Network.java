package dev.purser.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.purser.support.Place;

/**
 * A network of this machine's own: each place is a network namespace with an address, all are joined by a bridge, and what
 * is sent from one to another can be lost on the way without anybody being told. It takes root and iproute2.
 */
final class Network implements AutoCloseable {

    private static final String NOBODY = "02:00:00:00:00:00";
    private static final String TAKEN = "File exists";
    private static final int TRIES = 250;

    private final String name;
    private final String prefix;
    private final int places;
    private boolean closed;

    private Network(int number, int places) {
        this.name = "purser" + number;
        this.prefix = "10.77." + number + ".";
        this.places = places;
    }

    /** A network with so many places; none where this machine does not allow it. */
    static Optional<Network> open(int places) throws IOException {
        String complaint = TAKEN;
        for (int number = 1; number < TRIES && complaint.contains(TAKEN); number++) {
            Network network = new Network(number, places);
            complaint = complaint("ip", "link", "add", network.name, "type", "bridge");
            if (complaint.isEmpty()) {
                network.build();
                return Optional.of(network);
            }
        }
        return Optional.empty();
    }

    /** Whether this machine lets us have one. */
    static boolean isPossible() throws IOException {
        Optional<Network> network = open(0);
        if (network.isPresent()) {
            network.get().close();
        }
        return network.isPresent();
    }

    private void build() throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeAtLast));
        run("ip", "addr", "add", gateway() + "/24", "dev", name);
        run("ip", "link", "set", name, "up");
        for (int i = 0; i < places; i++) {
            String space = space(i);
            // What a run that was killed has left behind.
            String _ = complaint("ip", "netns", "del", space);
            String _ = complaint("ip", "link", "del", space);
            run("ip", "netns", "add", space);
            run("ip", "link", "add", space, "type", "veth", "peer", "name", "eth0", "netns", space);
            run("ip", "link", "set", space, "master", name, "up");
            run("ip", "-n", space, "addr", "add", address(i) + "/24", "dev", "eth0");
            run("ip", "-n", space, "link", "set", "eth0", "up");
            run("ip", "-n", space, "link", "set", "lo", "up");
        }
    }

    List<Place> places() {
        return IntStream.range(0, places)
                .mapToObj(i -> new Place(address(i), List.of("ip", "netns", "exec", space(i)))).toList();
    }

    /** Where the places reach what runs outside of them. */
    String gateway() {
        return prefix + 1;
    }

    /** From now on what one place sends to another is lost. */
    void cut(int from, int to) throws IOException {
        run("ip", "-n", space(from), "neigh", "replace", address(to), "lladdr", NOBODY, "dev", "eth0", "nud",
                "permanent");
    }

    /** From now on all arrives. */
    void heal() throws IOException {
        for (int i = 0; i < places; i++) {
            run("ip", "-n", space(i), "neigh", "flush", "dev", "eth0", "nud", "permanent");
        }
    }

    private void closeAtLast() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String space(int place) {
        return name + "-" + place;
    }

    private String address(int place) {
        return prefix + (10 + place);
    }

    private static void run(String... command) throws IOException {
        String complaint = complaint(command);
        if (!complaint.isEmpty()) {
            throw new IOException("Expected this to work: " + String.join(" ", command) + ", but " + complaint);
        }
    }

    /** What is said about a command that does not work; nothing when it does. */
    private static String complaint(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? "" : "it says: " + said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Leaves nothing of it behind. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        for (int i = 0; i < places; i++) {
            run("ip", "netns", "del", space(i));
        }
        run("ip", "link", "del", name);
    }
}
