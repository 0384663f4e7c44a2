package dev.purser.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of tests. */
public final class Folders {

    private Folders() {
    }

    /** Removes a folder with all that is in it, if it is there. */
    public static void delete(Path folder) {
        try {
            if (Files.exists(folder)) {
                List<Path> innermostFirst;
                try (Stream<Path> found = Files.walk(folder)) {
                    innermostFirst = found.sorted(Comparator.reverseOrder()).toList();
                }
                for (Path path : innermostFirst) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder, there and empty. */
    public static Path emptied(Path folder) {
        delete(folder);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
