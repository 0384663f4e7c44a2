package dev.purser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The environment: a variable for each setting, named by its path. */
final class Variables {

    static final String CONFIG = "PURSER_CONFIG";
    static final String DEFAULT_MODE = "PURSER_DEFAULT_MODE";
    static final String LOG_LEVEL = "PURSER_LOG_LEVEL";

    private static final String PREFIX = "PURSER_";
    private static final String STRIPE = "stripe.";
    private static final String FILE = "_FILE";
    private static final Set<String> OTHERS = Set.of(CONFIG, DEFAULT_MODE, LOG_LEVEL);

    /** What Kubernetes sets in a pod for a service whose name begins with purser. */
    private static final Pattern SERVICE_LINK = Pattern
            .compile("PURSER_(\\w+_)?(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT_\\d+_(TCP|UDP|SCTP)(_\\w+)?)");
    private static final Pattern SERVICE_LINK_VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Map<String, String> environment;
    private final Set<String> names = new TreeSet<>(OTHERS);
    private final Problems problems;

    Variables(Map<String, String> environment, Set<String> paths, Problems problems) {
        this.environment = new TreeMap<>(environment);
        this.environment.values().removeIf(text -> text.isBlank() || SERVICE_LINK_VALUE.matcher(text).matches());
        this.problems = problems;
        paths.forEach(path -> names.add(nameOf(path)));
        Found.SECRETS.forEach(path -> names.add(nameOf(path) + FILE));
    }

    /** The variable of a setting. Those of payment providers have the provider's name alone, as people know them. */
    static String nameOf(String path) {
        String name = path.toUpperCase(Locale.ROOT).replace('.', '_');
        return path.startsWith(STRIPE) ? name : PREFIX + name;
    }

    /** What a variable that is no setting was set to. */
    Optional<String> other(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip);
    }

    /** What the environment says on a setting, itself or by a file. */
    Optional<Found> find(String path) {
        String name = nameOf(path);
        Optional<Found> direct = other(name).map(text -> new Found(path, text, name));
        if (!Found.SECRETS.contains(path)) {
            return direct;
        }
        Optional<String> file = other(name + FILE);
        if (direct.isPresent() && file.isPresent()) {
            problems.add(path, name, "Expected either " + name + " or " + name + FILE + ", but found both");
        }
        return direct.isPresent() || file.isEmpty() ? direct : fromFile(path, name + FILE, file.get());
    }

    /** Notes each variable that looks like a setting and is none. */
    void checkNames() {
        environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !names.contains(name))
                .filter(name -> !SERVICE_LINK.matcher(name).matches())
                .forEach(name -> problems.add(name, "environment",
                        "Expected a known variable, but there is none of this name; did you mean "
                                + Nearest.to(name, names) + "?"));
    }

    private Optional<Found> fromFile(String path, String name, String file) {
        String origin = name + " = " + file;
        try {
            String text = Files.readString(Path.of(file)).strip();
            if (!text.isEmpty()) {
                return Optional.of(new Found(path, text, origin));
            }
            problems.add(path, origin, "Expected the value in this file, but it is empty");
        } catch (IOException | InvalidPathException e) {
            problems.add(path, origin, "Expected a readable file, but it is not: " + e);
        }
        return Optional.empty();
    }
}
