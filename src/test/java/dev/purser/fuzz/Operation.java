package dev.purser.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.purser.support.ContractDocument;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * An operation of the contract, all references followed.
 *
 * @param open whether anybody may call it
 * @param body the schema of its body, if it takes one
 * @param replies what it promises to answer, by status
 */
record Operation(String id, String method, String path, boolean open, List<Parameter> parameters,
        @Nullable JsonObject body, boolean bodyRequired, int maxBytes, Map<Integer, JsonObject> replies) {

    private static final int MOST_BYTES = 64 << 10;

    record Parameter(String name, String in, JsonObject schema) {
    }

    static List<Operation> all(ContractDocument contract) {
        List<Operation> operations = new ArrayList<>();
        JsonObject document = contract.json();
        String prefix = document.getJsonArray("servers").getJsonObject(0).getString("url");
        JsonObject paths = document.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            for (String method : paths.getJsonObject(path).fieldNames()) {
                operations.add(of(prefix + path, method.toUpperCase(Locale.ROOT),
                        contract.object(paths.getJsonObject(path).getJsonObject(method))));
            }
        }
        return operations;
    }

    private static Operation of(String path, String method, JsonObject operation) {
        List<Parameter> parameters = operation.getJsonArray("parameters", new JsonArray()).stream()
                .map(JsonObject.class::cast).map(each -> new Parameter(each.getString("name"), each.getString("in"),
                        each.getJsonObject("schema")))
                .toList();
        JsonObject body = operation.getJsonObject("requestBody");
        Map<Integer, JsonObject> replies = new TreeMap<>();
        operation.getJsonObject("responses")
                .forEach(reply -> replies.put(Integer.valueOf(reply.getKey()), (JsonObject) reply.getValue()));
        return new Operation(operation.getString("operationId"), method, path,
                operation.containsKey("security") && operation.getJsonArray("security").isEmpty(), parameters,
                body == null
                        ? null
                        : body.getJsonObject("content").getJsonObject("application/json").getJsonObject("schema"),
                body != null && body.getBoolean("required", false),
                body == null ? MOST_BYTES : body.getInteger("x-max-bytes", MOST_BYTES), replies);
    }

    List<Parameter> parametersIn(String place) {
        return parameters.stream().filter(parameter -> parameter.in().equals(place)).toList();
    }

    /** Whether the reply to a first request is kept, and given again under its key. */
    boolean isReplayed() {
        return replies.entrySet().stream().anyMatch(reply -> reply.getKey() < 300
                && reply.getValue().getJsonObject("headers", new JsonObject()).containsKey("Idempotency-Replayed"));
    }

    boolean isKeyed() {
        return parameters.stream().anyMatch(parameter -> parameter.name().equals("Idempotency-Key"));
    }
}
