package dev.purser;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What was written for every setting: the environment wins over the file, the file over the defaults. */
final class Values {

    private static final Path FILE = Path.of("conf", "purser.yaml");
    private static final Pattern PASSWORD_PARAMETER = Pattern.compile("(?i)(.*&)?password=.*");

    private final Map<String, String> defaults = YamlSettings.defaults();
    private final Map<String, Found> found = new HashMap<>();
    private final Problems problems;

    private Values(Problems problems) {
        this.problems = problems;
        defaults.forEach((path, text) -> found.put(path, new Found(path, text, "default")));
    }

    static Values gather(Map<String, String> environment, Path folder, Problems problems) {
        Values values = new Values(problems);
        Set<String> paths = values.defaults.keySet();
        Variables variables = new Variables(environment, paths, problems);
        variables.checkNames();
        Optional<String> named = variables.other(Variables.CONFIG);
        Path file = folder.resolve(named.map(Path::of).orElse(FILE));
        if (named.isPresent() || Files.exists(file)) {
            String origin = named.orElse(FILE.toString());
            YamlSettings.read(file, problems).forEach((path, text) -> values.put(new Found(path, text, origin)));
        }
        paths.forEach(path -> variables.find(path).ifPresent(value -> values.found.put(path, value)));
        return values;
    }

    /** What was written for a setting; empty text if nothing was. */
    Found find(String path) {
        Found value = found.get(path);
        if (value == null) {
            throw new IllegalStateException("Expected " + path + " in conf/purser.yaml, but it is not there");
        }
        return value;
    }

    /** A setting's value. One that is wrong is noted, and the default takes its place for the checks to come. */
    <T> T read(String path, Notation<T> notation) {
        Found value = find(path);
        return notation.parse(value.text()).orElseGet(() -> {
            problems.wrong(value, notation.expected());
            return notation.parse(defaults.getOrDefault(path, "")).orElseThrow();
        });
    }

    /** A setting's value where nothing may be written; a wrong one is noted and then as good as none. */
    <T> Optional<T> readOptional(String path, Notation<T> notation) {
        Found value = find(path);
        Optional<T> parsed = value.isEmpty() ? Optional.empty() : notation.parse(value.text());
        if (parsed.isEmpty() && !value.isEmpty()) {
            problems.wrong(value, notation.expected());
        }
        return parsed;
    }

    private void put(Found value) {
        String path = value.path();
        if (!defaults.containsKey(path)) {
            refuseUnknown(value);
        } else if (holdsSecret(value)) {
            String variable = Variables.nameOf(path);
            problems.add(path, value.origin(), "Expected no secret in a file of settings, but found one; give it as "
                    + variable + ", or in a file that " + variable + "_FILE names");
        } else {
            found.put(path, value);
        }
    }

    private void refuseUnknown(Found value) {
        boolean section = defaults.keySet().stream().anyMatch(known -> known.startsWith(value.path() + "."));
        if (section && !value.isEmpty()) {
            problems.add(value.path(), value.origin(), "Expected a section with settings in it, but found a value");
        } else if (!section) {
            problems.add(value.path(), value.origin(), "Expected a known setting, but there is none of this name;"
                    + " did you mean " + Nearest.to(value.path(), defaults.keySet()) + "?");
        }
    }

    private static boolean holdsSecret(Found value) {
        return switch (value.path()) {
            case "jwt.secret", "stripe.webhook_secret", "stripe.secret_key" -> !value.isEmpty();
            case "database.url" -> holdsPassword(value.text());
            default -> false;
        };
    }

    /** Whether a database URL has a password in it; one that is no URL at all might have. */
    private static boolean holdsPassword(String url) {
        try {
            URI uri = new URI(url);
            String user = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
            String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
            return user.substring(0, Math.max(0, user.lastIndexOf('@'))).contains(":")
                    || PASSWORD_PARAMETER.matcher(query).matches();
        } catch (URISyntaxException e) {
            return true;
        }
    }
}
