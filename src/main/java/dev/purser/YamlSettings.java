package dev.purser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import dev.purser.catalog.YamlTexts;

/** Settings written in YAML: a text for each path such as {@code http.port}, in the order of the file. */
final class YamlSettings {

    private static final String DEFAULTS = "conf/purser.yaml";

    private YamlSettings() {
    }

    /** The file that travels in the jar. Its paths are all the settings there are. */
    static Map<String, String> defaults() {
        return parse(inJar(DEFAULTS));
    }

    /** A file that travels in the jar. */
    static String inJar(String name) {
        try (InputStream file = YamlSettings.class.getClassLoader().getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("Expected " + name + " on the class path, but it is not there");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file at {@code path}; what cannot be read is a problem, and then it is as if it were empty. */
    static Map<String, String> read(Path path, Problems problems) {
        try {
            return parse(Files.readString(path));
        } catch (IOException e) {
            problems.add("settings", path.toString(), "Expected a readable file, but it is not: " + e);
        } catch (MarkedYamlEngineException e) {
            // The exception's own message quotes the file, and with it perhaps a secret.
            problems.add("settings", path.toString(), "Expected YAML, but " + e.getProblem()
                    + e.getProblemMark().map(mark -> " in line " + (mark.getLine() + 1)).orElse(""));
        } catch (YamlEngineException e) {
            problems.add("settings", path.toString(), "Expected sections of settings in YAML, but it is not");
        }
        return Map.of();
    }

    private static Map<String, String> parse(String yaml) {
        Map<String, String> texts = new LinkedHashMap<>();
        switch (YamlTexts.load(yaml, "settings")) {
            case null -> {
                // An empty file changes nothing.
            }
            case Map<?, ?> sections -> sections.forEach((key, value) -> flatten(String.valueOf(key), value, texts));
            default -> throw new YamlEngineException("no sections");
        }
        return texts;
    }

    private static void flatten(String path, @Nullable Object value, Map<String, String> texts) {
        switch (value) {
            case Map<?, ?> section -> section.forEach((key, inner) -> flatten(path + "." + key, inner, texts));
            case Collection<?> list -> texts.put(path,
                    list.stream().map(String::valueOf).collect(Collectors.joining(",")));
            case null -> texts.put(path, "");
            default -> texts.put(path, value.toString().strip());
        }
    }
}
