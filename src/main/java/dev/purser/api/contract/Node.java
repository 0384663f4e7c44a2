package dev.purser.api.contract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** A mapping in the contract's YAML, that knows where it is so that a mistake can be found. */
final class Node {

    private final String where;
    private final Map<?, ?> members;

    private Node(String where, Map<?, ?> members) {
        this.where = where;
        this.members = members;
    }

    static Node of(String where, @Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            return new Node(where, members);
        }
        throw new IllegalStateException("Expected a mapping in the contract at " + where + ", but found " + value);
    }

    /** Stops the start when there is a keyword that nobody here would obey. */
    void allow(Set<String> keywords) {
        for (Object name : members.keySet()) {
            if (!keywords.contains(String.valueOf(name))) {
                throw wrong("one of the keywords " + keywords, "found " + name);
            }
        }
    }

    IllegalStateException wrong(String expected, String found) {
        return new IllegalStateException("Expected " + expected + " in the contract at " + where + ", but " + found);
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    @Nullable
    Object get(String name) {
        return members.get(name);
    }

    Set<String> names() {
        return members.keySet().stream().map(String::valueOf)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Node child(String name) {
        return of(where + "/" + name, members.get(name));
    }

    /** The mappings of a list; none when there is no such list. */
    List<Node> children(String name) {
        List<Node> children = new ArrayList<>();
        for (Object each : list(name)) {
            children.add(of(where + "/" + name + "/" + children.size(), each));
        }
        return children;
    }

    List<String> texts(String name) {
        return list(name).stream().map(String::valueOf).toList();
    }

    private List<?> list(String name) {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong("a list as " + name, "found " + value);
    }

    String text(String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw wrong("a text as " + name, "found " + members.get(name));
    }

    long integer(String name, long otherwise) {
        Object value = members.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw wrong("a whole number as " + name, "found " + value);
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /** Follows a reference within the document, if this is one. */
    Node resolve(Node root) {
        if (!has("$ref")) {
            return this;
        }
        String reference = text("$ref");
        if (!reference.startsWith("#/")) {
            throw wrong("a reference within the document", "found " + reference);
        }
        Node node = root;
        for (String name : reference.substring(2).split("/", -1)) {
            node = node.child(name);
        }
        return node;
    }
}
