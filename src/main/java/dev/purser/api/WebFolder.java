package dev.purser.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The pages, scripts and styles that come with the service: the folder {@code web} of the class path, by the path that
 * each is served at. It is read once, so nothing outside of it can be asked for, whatever a path looks like.
 */
final class WebFolder {

    private static final String FIRST = "/web/index.html";
    private static final String INDEX = "index.html";

    /** What comes with this service. */
    static final Map<String, WebFile> FILES = read(FIRST);

    private WebFolder() {
    }

    /** All files of the folder that this one is in, which may be inside a jar. */
    static Map<String, WebFile> read(String first) {
        URL found = WebFolder.class.getResource(first);
        if (found == null) {
            throw new IllegalStateException("Expected the resource " + first + ", but it is not there");
        }
        try {
            String address = found.toURI().toString();
            int inside = address.indexOf("!/");
            if (inside < 0) {
                return readBelow(Path.of(found.toURI()).resolveSibling(""));
            }
            URI jar = URI.create(address.substring("jar:".length(), inside));
            try (FileSystem opened = FileSystems.newFileSystem(Path.of(jar))) {
                return readBelow(opened.getPath(first).resolveSibling(""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Expected an address of " + first + " that can be read, but " + found, e);
        }
    }

    private static Map<String, WebFile> readBelow(Path folder) throws IOException {
        Map<String, WebFile> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                WebFile read = WebFile.of(file.getFileName().toString(), Files.readAllBytes(file));
                for (String path : paths(folder.relativize(file).toString().replace('\\', '/'))) {
                    files.put(path, read);
                }
            }
        }
        return Map.copyOf(files);
    }

    /** {@code admin/index.html} is served at {@code /admin}, and for those who type it at {@code /admin/}. */
    private static List<String> paths(String name) {
        if (name.equals(INDEX)) {
            return List.of("/");
        }
        if (name.endsWith("/" + INDEX)) {
            String folder = "/" + name.substring(0, name.length() - INDEX.length() - 1);
            return List.of(folder, folder + "/");
        }
        return List.of("/" + name);
    }
}
