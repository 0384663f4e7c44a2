package dev.purser.api.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Compiles the operations of the contract. */
final class ContractReader {

    private static final int MOST_BYTES = 64 << 10;
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final Set<String> OPERATION = Set.of("operationId", "summary", "description", "tags", "security",
            "parameters", "requestBody", "responses");
    private static final Set<String> HEADERS = Set.of("Idempotency-Key", "X-Request-Id");
    private static final String SCHEME = "bearerAuth";

    private final Node root;
    private final SchemaReader schemas;

    ContractReader(Node root) {
        this.root = root;
        this.schemas = new SchemaReader(root);
    }

    List<Endpoint> endpoints() {
        root.allow(Set.of("openapi", "info", "servers", "tags", "security", "paths", "components"));
        List<Endpoint> endpoints = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Node paths = root.child("paths");
        for (String path : paths.names()) {
            Node item = paths.child(path);
            item.allow(METHODS);
            for (String method : item.names()) {
                Endpoint endpoint = endpoint(path, method, item.child(method));
                if (!ids.add(endpoint.id())) {
                    throw item.wrong("each operationId once", "there are two of " + endpoint.id());
                }
                endpoints.add(endpoint);
            }
        }
        return List.copyOf(endpoints);
    }

    private Endpoint endpoint(String path, String method, Node operation) {
        operation.allow(OPERATION);
        Map<String, ObjectType.Field> fields = new LinkedHashMap<>();
        List<String> inPath = new ArrayList<>();
        boolean keyed = false;
        for (Node reference : operation.children("parameters")) {
            Node parameter = reference.resolve(root);
            parameter.allow(Set.of("name", "in", "required", "description", "schema", "example", "examples"));
            String name = parameter.text("name");
            switch (parameter.text("in")) {
                case "path" -> {
                    inPath.add(name);
                    fields.put(name, schemas.field(name, parameter.child("schema").resolve(root), true));
                }
                case "query" -> fields.put(name, schemas.field(name, parameter.child("schema").resolve(root),
                        parameter.flag("required")));
                case "header" -> keyed |= header(parameter, name).equals("Idempotency-Key");
                default -> throw parameter.wrong("a parameter in path, query or header", "found another");
            }
        }
        inPath.sort((a, b) -> Integer.compare(path.indexOf("{" + a + "}"), path.indexOf("{" + b + "}")));
        if (inPath.size() != path.chars().filter(c -> c == '{').count()
                || !inPath.stream().allMatch(name -> path.contains("{" + name + "}"))) {
            throw operation.wrong("the parameters of the path to be described", "found " + inPath);
        }
        return new Endpoint(operation.text("operationId"), method.toUpperCase(Locale.ROOT), path, scopes(operation),
                keyed, new Parameters(new ObjectType(fields, List.of()), inPath), body(operation));
    }

    private static String header(Node parameter, String name) {
        if (!HEADERS.contains(name)) {
            throw parameter.wrong("one of the headers " + HEADERS, "found " + name);
        }
        return name;
    }

    /** The scopes that a caller must have, or null when not even a token is needed. */
    private @Nullable List<String> scopes(Node operation) {
        Node place = operation.has("security") ? operation : root;
        List<Node> requirements = place.children("security");
        if (requirements.isEmpty()) {
            return null;
        }
        if (requirements.size() != 1) {
            throw place.wrong("one security requirement or none", "found " + requirements.size());
        }
        requirements.getFirst().allow(Set.of(SCHEME));
        return requirements.getFirst().texts(SCHEME);
    }

    private Endpoint.@Nullable Body body(Node operation) {
        if (!operation.has("requestBody")) {
            return null;
        }
        Node body = operation.child("requestBody").resolve(root);
        body.allow(Set.of("description", "required", "content", "x-max-bytes"));
        Node content = body.child("content");
        content.allow(Set.of("application/json"));
        Node media = content.child("application/json");
        media.allow(Set.of("schema", "example", "examples"));
        if (schemas.read(media.child("schema")) instanceof ObjectType type) {
            return new Endpoint.Body(type, body.flag("required"), (int) body.integer("x-max-bytes", MOST_BYTES));
        }
        throw body.wrong("a body that is an object", "it is not");
    }
}
