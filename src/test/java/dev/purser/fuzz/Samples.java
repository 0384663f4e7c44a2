package dev.purser.fuzz;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Makes up values that a schema allows, as the JSON that they are written as. */
final class Samples {

    private static final List<String> TEXTS = List.of("\"A portrait\"", "\"\"", "\"caf\\u00e9 \\ud83d\\ude00\"",
            "\"\u05e9\u05dc\u05d5\u05dd \u202e abc\"", "\"=1+1\"", "\"a \\\"quoted\\\" \\\\ text\"",
            "\"{}${jndi:x}%s\"",
            "\"'; drop table wallets; --\"", "\"" + "x".repeat(500) + "\"");
    private static final List<String> OBJECTS = List.of("{}", "{\"order\":7}",
            "{\"b\":[1,2.50,-0,1e2],\"a\":{\"z\":null,\"y\":{\"x\":true}}}", "{\"t\":\"line\\nline \\ud83d\\ude00\"}",
            "{\"\":{\"\":\"\"}}", "{\"long\":\"" + "y".repeat(4_000) + "\"}");

    private static final int QUOTES = 2;

    private final Random random;
    private final Scene scene;

    Samples(Random random, Scene scene) {
        this.random = random;
        this.scene = scene;
    }

    /** The members of an object: all that are required, and some of the others. */
    Map<String, String> members(JsonObject schema) {
        Map<String, String> members = new LinkedHashMap<>();
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        JsonArray required = schema.getJsonArray("required", new JsonArray());
        boolean richer = properties.containsKey("source");
        for (String name : properties.fieldNames()) {
            if (required.contains(name) || schema.containsKey("anyOf") || random.nextInt(3) == 0) {
                members.put(name, name.equals("amount")
                        ? amount(richer ? 2_000 : 20)
                        : value(name, properties.getJsonObject(name)));
            }
        }
        return members;
    }

    private String amount(int usual) {
        return switch (random.nextInt(40)) {
            case 0 -> "9223372036854775807";
            case 1 -> "1";
            default -> String.valueOf(1 + random.nextInt(usual));
        };
    }

    String value(String name, JsonObject schema) {
        return switch (name) {
            case "wallet_id" -> quoted(scene.wallet());
            case "hold_id" -> quoted(scene.hold().id());
            case "idempotency_key" -> quoted(scene.newKey());
            default -> value(schema);
        };
    }

    private String value(JsonObject schema) {
        if (schema.containsKey("enum")) {
            JsonArray values = schema.getJsonArray("enum");
            return quoted(values.getString(random.nextInt(values.size())));
        }
        if (schema.containsKey("const")) {
            return quoted(schema.getString("const"));
        }
        return switch (String.valueOf(schema.getValue("type"))) {
            case "integer" -> String.valueOf(1 + random.nextInt(600));
            case "boolean" -> String.valueOf(random.nextBoolean());
            case "array" -> list(schema);
            case "object" -> OBJECTS.get(random.nextInt(OBJECTS.size()));
            default -> text(schema);
        };
    }

    private String text(JsonObject schema) {
        if ("date-time".equals(schema.getString("format"))) {
            return quoted("20%d-06-01T00:00:00Z".formatted(27 + random.nextInt(60)));
        }
        if (schema.containsKey("pattern")) {
            // Letters and digits are of every pattern.
            return quoted("pro" + random.nextInt(5));
        }
        String text = TEXTS.get(random.nextInt(TEXTS.size()));
        // As it is written: what is escaped counts for more than it is, so nothing is sent that is too long.
        int length = text.length() - QUOTES;
        return length < schema.getInteger("minLength", 0) || length > schema.getInteger("maxLength", Integer.MAX_VALUE)
                ? "\"x\""
                : text;
    }

    private String list(JsonObject schema) {
        StringBuilder list = new StringBuilder("[");
        int count = 1 + random.nextInt(random.nextInt(20) == 0 ? 200 : 4);
        for (int i = 0; i < count; i++) {
            list.append(i == 0 ? "" : ",").append(Draft.object(members(variant(schema))));
        }
        return list.append(']').toString();
    }

    private JsonObject variant(JsonObject list) {
        JsonArray variants = list.getJsonObject("items").getJsonArray("oneOf");
        return variants.getJsonObject(random.nextInt(variants.size()));
    }

    static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
