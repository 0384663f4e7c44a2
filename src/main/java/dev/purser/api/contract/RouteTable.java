package dev.purser.api.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** Finds the endpoint of a path and method: whole paths by hash, then paths with parameters segment by segment. */
public final class RouteTable {

    private final Map<String, Map<String, Endpoint>> whole = new HashMap<>();
    private final Segment root = new Segment();
    private final String prefix;

    /** A place in the tree of templated paths. */
    private static final class Segment {
        private final Map<String, Segment> named = new HashMap<>();
        private final Map<String, Endpoint> methods = new TreeMap<>();
        private @Nullable Segment any;
    }

    /** What a path leads to. */
    public sealed interface Match {

        /** The endpoint, and its path's parameters as they stand in the URL. */
        record Found(Endpoint endpoint, List<String> pathValues) implements Match {
        }

        /** There is such a path, but only with these methods. */
        record OtherMethods(List<String> allowed) implements Match {
        }

        record Nothing() implements Match {
        }
    }

    RouteTable(String prefix, List<Endpoint> endpoints) {
        this.prefix = prefix;
        for (Endpoint endpoint : endpoints) {
            Map<String, Endpoint> methods = endpoint.path().indexOf('{') < 0
                    ? whole.computeIfAbsent(prefix + endpoint.path(), _ -> new TreeMap<>())
                    : place(endpoint.path()).methods;
            if (methods.put(endpoint.method(), endpoint) != null) {
                throw new IllegalStateException("Expected one operation, but the contract has two for "
                        + endpoint.method() + " " + endpoint.path());
            }
        }
    }

    private Segment place(String path) {
        Segment segment = root;
        for (String name : path.substring(1).split("/", -1)) {
            if (name.startsWith("{")) {
                Segment any = segment.any;
                if (any == null) {
                    any = new Segment();
                    segment.any = any;
                }
                segment = any;
            } else {
                segment = segment.named.computeIfAbsent(name, _ -> new Segment());
            }
        }
        return segment;
    }

    /** Finds who answers {@code method}; a HEAD is answered like a GET. */
    public Match find(String method, String path) {
        Map<String, Endpoint> methods = whole.get(path);
        List<String> values = List.of();
        if (methods == null) {
            values = new ArrayList<>(2);
            methods = walk(path, values);
        }
        if (methods.isEmpty()) {
            return new Match.Nothing();
        }
        Endpoint endpoint = methods.get(method.equals("HEAD") ? "GET" : method);
        return endpoint == null ? new Match.OtherMethods(allowed(methods)) : new Match.Found(endpoint, values);
    }

    private Map<String, Endpoint> walk(String path, List<String> values) {
        if (!path.startsWith(prefix) || path.length() <= prefix.length() || path.charAt(prefix.length()) != '/') {
            return Map.of();
        }
        Segment segment = root;
        int start = prefix.length() + 1;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String name = path.substring(start, end);
            Segment next = segment.named.get(name);
            if (next == null) {
                next = segment.any;
                values.add(name);
            }
            if (next == null) {
                return Map.of();
            }
            segment = next;
            start = end + 1;
        }
        return segment.methods;
    }

    private static List<String> allowed(Map<String, Endpoint> methods) {
        List<String> allowed = new ArrayList<>(methods.keySet());
        if (methods.containsKey("GET")) {
            allowed.add("HEAD");
        }
        allowed.add("OPTIONS");
        return allowed;
    }
}
