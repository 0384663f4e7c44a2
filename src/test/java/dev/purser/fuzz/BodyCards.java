package dev.purser.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Everything that can be wrong with a body and its fields. */
final class BodyCards {

    private static final Expected TOO_LARGE = Expected.Only.of(413);

    private BodyCards() {
    }

    static void deal(Cards cards) {
        JsonObject schema = cards.operation().body();
        if (schema == null) {
            cards.add("a body where none is taken", Cards.PROMISED, draft -> {
                draft.text = "{\"amount\":1}";
                draft.headers.add("Content-Type: application/json");
                draft.headers.add("Content-Length: 12");
                draft.framing = Draft.Framing.OWN;
            });
            return;
        }
        fields(cards, schema);
        wholes(cards);
    }

    private static void fields(Cards cards, JsonObject schema) {
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        JsonArray required = schema.getJsonArray("required", new JsonArray());
        for (String name : properties.fieldNames()) {
            JsonObject type = properties.getJsonObject(name);
            for (String value : Hostile.JSON) {
                cards.add(name + " is " + value, expected(type, value), draft -> draft.members.put(name, value));
            }
            cards.add(name + " twice", Cards.BAD_REQUEST, draft -> {
                String value = draft.members.getOrDefault(name, "1");
                draft.members.put(name, value + ",\"" + name + "\":" + value);
            });
            if (required.contains(name)) {
                cards.add(name + " missing", Cards.BAD_REQUEST, (draft, _) -> draft.members.remove(name));
            }
            if (type.containsKey("items")) {
                elements(cards, name, type.getJsonObject("items").getJsonArray("oneOf"));
            }
        }
    }

    private static Expected expected(JsonObject type, String value) {
        return Hostile.isWrong(type, value) ? Cards.BAD_REQUEST : Cards.PROMISED;
    }

    /** The fields of each sort of element, in an element between two good ones. */
    private static void elements(Cards cards, String list, JsonArray variants) {
        for (int i = 0; i < variants.size(); i++) {
            JsonObject variant = variants.getJsonObject(i);
            JsonObject properties = variant.getJsonObject("properties");
            for (String name : properties.fieldNames()) {
                for (String value : Hostile.JSON) {
                    cards.add(list + " " + i + ", " + name + " is " + value,
                            name.equals("type")
                                    ? Cards.BAD_REQUEST
                                    : expected(properties.getJsonObject(name), value),
                            (draft, scene) -> {
                                Map<String, String> element = scene.samples.members(variant);
                                element.put(name, value);
                                String good = Draft.object(scene.samples.members(variant));
                                draft.members.put(list,
                                        "[" + good + "," + Draft.object(element) + "," + good + "]");
                            });
                }
            }
        }
        cards.add("too many elements", Expected.Only.of(400, 413), (draft, scene) -> {
            String good = Draft.object(scene.samples.members(variants.getJsonObject(5)));
            draft.members.put(list, "[" + (good + ",").repeat(1_000) + good + "]");
        });
        cards.add("many bad elements", Cards.BAD_REQUEST,
                draft -> draft.members.put(list, "[" + "7,".repeat(200_000) + "7]"));
    }

    private static void wholes(Cards cards) {
        Operation operation = cards.operation();
        int most = operation.maxBytes();
        Expected empty = operation.bodyRequired() ? Cards.BAD_REQUEST : Cards.PROMISED;
        cards.add("an empty body", empty, draft -> draft.text = "");
        for (String text : List.of(" ", "null", "1", "\"x\"", "[]", "[{}]", "{", "}", "{\"", "{\"amount\"",
                "{\"amount\":",
                "\ufeff{}", "{}{}", "{} 1", "/**/{}", "{/**/}", "{,}", "(1)", "<a/>", "a=1&b=2", "\u0000",
                Bytes.raw(0xFF, 0xFE), Bytes.raw(0x1f, 0x8b, 8, 0, 0, 0, 0, 0), "[".repeat(60_000),
                "{\"\\ud800\":1}", "{\"a\\n" + Hostile.FORGED + "\":1}", "{\"" + "k".repeat(50_000) + "\":1}",
                "{" + "\"x\":1,".repeat(8_000) + "\"x\":1}", "{\"x\":" + "{\"x\":".repeat(9_000))) {
            cards.add("the body is " + text, Cards.BAD_REQUEST, draft -> draft.text = text);
        }
        cards.add("an unknown field", Cards.BAD_REQUEST, draft -> draft.members.put("balance", "1"));
        cards.add("cut off", Cards.BAD_REQUEST, (draft, scene) -> {
            String body = draft.body();
            draft.text = body.substring(0, 1 + scene.random.nextInt(body.length() - 1));
        });
        cards.add("in UTF-16", Cards.BAD_REQUEST, draft -> draft.text = bytes(
                draft.body().getBytes(StandardCharsets.UTF_16LE)));
        cards.add("a random byte changed", Cards.PROMISED, (draft, scene) -> {
            StringBuilder body = new StringBuilder(draft.body());
            body.setCharAt(scene.random.nextInt(body.length()), Bytes.raw(scene.random.nextInt(256)).charAt(0));
            draft.text = body.toString();
        });
        cards.add("spaces around it", Cards.PROMISED, draft -> draft.text = "\n\t " + draft.body() + " \r\n");
        cards.add("just too large", TOO_LARGE, draft -> draft.text = " ".repeat(most) + draft.body());
        cards.add("much too large", TOO_LARGE, draft -> draft.text = "x".repeat(2 * most + (1 << 20)));
        cards.add("too large in chunks", TOO_LARGE, draft -> {
            draft.text = "x".repeat(2 * most);
            draft.framing = Draft.Framing.CHUNKED;
        });
    }

    private static String bytes(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            text.append(Bytes.raw(each & 0xFF));
        }
        return text.toString();
    }
}
