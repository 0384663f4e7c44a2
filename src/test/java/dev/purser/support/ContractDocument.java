package dev.purser.support;

import java.util.Map;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.Validator;

/** The API's contract as plain JSON, read by other code than the service reads it with. */
public final class ContractDocument {

    private final JsonObject document = new JsonObject();

    /** Reads the YAML that {@code /openapi.yaml} answers. */
    public ContractDocument(String yaml) {
        Object read = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        ((Map<?, ?>) read).forEach((name, value) -> document.put((String) name, value));
    }

    public JsonObject json() {
        return document;
    }

    /** A schema of the contract's components, by name. */
    public JsonObject schema(String name) {
        return object(document.getJsonObject("components").getJsonObject("schemas").getJsonObject(name));
    }

    /** The same with what it refers to in place of the references. */
    public JsonObject object(JsonObject node) {
        return (JsonObject) inlined(node);
    }

    /** Holds values against a schema that has no references. */
    public static Validator validator(JsonObject schema) {
        // It writes into what it is given.
        return Validator.create(JsonSchema.of(schema.copy()),
                new JsonSchemaOptions().setDraft(Draft.DRAFT202012).setBaseUri("app://purser"));
    }

    private Object inlined(Object node) {
        if (node instanceof JsonObject object) {
            String reference = object.getString("$ref");
            if (reference != null) {
                Object target = document;
                for (String name : reference.substring(2).split("/", -1)) {
                    target = ((JsonObject) target).getValue(name);
                }
                return inlined(target);
            }
            JsonObject copy = new JsonObject();
            object.forEach(member -> copy.put(member.getKey(), inlined(member.getValue())));
            return copy;
        }
        if (node instanceof JsonArray array) {
            return new JsonArray(array.stream().map(this::inlined).toList());
        }
        return node;
    }
}
