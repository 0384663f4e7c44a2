package dev.purser.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A wall clock of one process that can be set while it runs, by Debian's libfaketime; the monotonic clock stays. */
final class FakeClock {

    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

    private final Path library;
    private final Path file;

    private FakeClock(Path library, Path file) {
        this.library = library;
        this.file = file;
    }

    /** A clock that is right so far, and is set by what {@code file} says; none where the library is not installed. */
    static Optional<FakeClock> in(Path file) throws IOException {
        Optional<Path> library = library();
        if (library.isEmpty()) {
            return Optional.empty();
        }
        FakeClock clock = new FakeClock(library.get(), file.toAbsolutePath());
        clock.jump(Duration.ZERO);
        return Optional.of(clock);
    }

    static boolean isPossible() throws IOException {
        return library().isPresent();
    }

    private static Optional<Path> library() throws IOException {
        try (Stream<Path> folders = Files.list(LIBRARIES)) {
            List<Path> found = folders.map(folder -> folder.resolve(LIBRARY)).filter(Files::exists).toList();
            return found.stream().findFirst();
        }
    }

    /** What a process needs in its environment to go by this clock. */
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", "1", "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                // Otherwise no thread of a JVM waits for anything.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** Sets it so far from the right time, which the process takes over within a second. */
    void jump(Duration from) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, "%+d%n".formatted(from.toSeconds()));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
